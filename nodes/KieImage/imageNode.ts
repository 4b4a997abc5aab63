import { imageModels } from '../shared/catalogue/image';
import type { MediaNodeDefinition } from '../shared/form/mediaNodeDefinition';
import { imageOperations } from './imageOperations';

export const imageNode: MediaNodeDefinition = {
	operations: imageOperations,
	defaultOperation: 'generate',
	models: imageModels,
	presets: {
		generate: 'nano-banana-2',
		edit: 'nano-banana-2',
		reframe: 'ideogram/v3-reframe',
		removeBackground: 'recraft/remove-background',
		segment: 'grok-imagine-image-2-0/segment-map',
		separateLayers: 'seedream/5-pro-layer-decomposition',
		upscale: 'topaz/image-upscale',
	},
	families: [
		'Nano Banana',
		'GPT Image',
		'Seedream',
		'Flux 2',
		'Flux Kontext',
		'Ideogram',
		'Midjourney',
		'Qwen',
		'Imagen',
		'Grok Imagine',
	],
	timeLimitMinutes: 10,
	usualSeconds: 20,
	taskTypes: ['Text to Image', 'Image to Image', 'Image Editing'],
};
