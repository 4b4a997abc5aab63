import { audioModels } from '../../nodes/shared/catalogue/audio';
import { imageModels } from '../../nodes/shared/catalogue/image';
import { videoModels } from '../../nodes/shared/catalogue/video';
import { sunoModels } from './suno-market';
import type { Model, ServedModel } from './types';

/** Models that only Kie's live catalogue has, for Custom Model. */
const liveOnly: ServedModel[] = [
	{
		output: 'image',
		model: {
			id: 'tomorrow/image-1',
			title: 'Tomorrow - Image 1',
			family: 'Tomorrow',
			operations: { generate: {} },
			seconds: 10,
			media: { image_urls: 'image' },
			input: {
				required: ['prompt', 'quality'],
				properties: {
					prompt: { type: 'string', maxLength: 4000, description: 'What to draw' },
					quality: {
						type: 'string',
						enum: ['draft', 'final'],
						default: 'draft',
						description: 'How fine the image is',
					},
					steps: { type: 'integer', minimum: 1, maximum: 50, description: 'How many steps' },
					strength: { type: 'number', minimum: 0, maximum: 1, description: 'How strong the change is' },
					transparent: { type: 'boolean', default: false, description: 'Whether the background is missing' },
					image_urls: {
						type: 'array',
						items: { type: 'string', format: 'uri' },
						maxItems: 4,
						description: 'Images to start from',
					},
				},
			},
		},
	},
	{
		output: 'image',
		withoutPage: true,
		model: {
			id: 'tomorrow/no-page',
			title: 'Tomorrow - No Page',
			family: 'Tomorrow',
			operations: { generate: {} },
			seconds: 10,
			media: {},
			input: { required: ['prompt'], properties: { prompt: { type: 'string' } } },
		},
	},
];

const ofMarket = (output: ServedModel['output'], models: Model[]): ServedModel[] =>
	models.filter(({ api = 'market' }) => api === 'market').map((model) => ({ output, model }));

/** Every model that `createTask` serves. Models of APIs with paths of their own are in dedicated.ts. */
export const servedModels: ServedModel[] = [
	...ofMarket('image', imageModels),
	...ofMarket('video', videoModels),
	...ofMarket('audio', audioModels),
	...sunoModels,
	...liveOnly,
];
