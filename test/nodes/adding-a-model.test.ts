import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { KieImage } from '../../nodes/KieImage/KieImage.node';
import { imageNode } from '../../nodes/KieImage/imageNode';
import { audioModels } from '../../nodes/shared/catalogue/audio';
import { imageModels } from '../../nodes/shared/catalogue/image';
import type { Model } from '../../nodes/shared/catalogue/types';
import { videoModels } from '../../nodes/shared/catalogue/video';
import { readCreateJob } from '../../nodes/shared/run/readCreateJob';
import { runJobs } from '../../nodes/shared/run/runJobs';
import { mediaNodeProperties } from '../../nodes/shared/form/mediaParameters';
import { startSimulator } from '../simulator';
import { runNode } from './engine';

/** Adding a model is one edit in one catalogue file. */

const newModel: Model = {
	id: 'example/new-model',
	title: 'Example - New Model',
	family: 'Example',
	operations: { generate: {}, edit: { required: ['image_urls'] } },
	seconds: 1,
	media: { image_urls: 'image' },
	input: {
		required: ['prompt'],
		properties: {
			prompt: { type: 'string', maxLength: 20, description: 'Description of the image; up to 20 characters' },
			image_urls: {
				type: 'array',
				items: { type: 'string', format: 'uri' },
				maxItems: 2,
				description: 'Images to edit',
			},
			grain: { type: 'integer', minimum: 1, maximum: 9, description: 'How coarse the image is' },
		},
	},
	rules: [
		{
			message: "'Grain' can't be combined with images",
			holds: ({ grain, image_urls }) => grain === undefined || image_urls === undefined,
		},
	],
};

class WithAddedModel extends KieImage {
	static readonly definition = { ...imageNode, models: [...imageNode.models, newModel] };

	constructor() {
		super();
		this.description = { ...this.description, properties: mediaNodeProperties(WithAddedModel.definition) };
	}

	override execute = async function (this: Parameters<typeof runJobs>[0]) {
		return await runJobs(this, (itemIndex) => readCreateJob(this, WithAddedModel.definition, itemIndex));
	};
}

it('a model in the catalogue has a form, a validated body, uploads, rules and results', async () => {
	const kie = await startSimulator({ taskSeconds: 0.2, models: [{ output: 'image', model: newModel }] });
	try {
		const node = new WithAddedModel();
		const image = { data: Buffer.from('image'), name: 'a.png', type: 'image/png' };
		const run = async (prompt: string, additionalFields: Record<string, number>) =>
			await runNode(kie, {
				node,
				items: [{ files: { data: image } }],
				parameters: { operation: 'edit', model: newModel.id, prompt, image_urls: 'data', additionalFields },
			});

		expect((await run('Make it night', {})).items[0]?.json).toMatchObject({ model: newModel.id, state: 'success' });
		expect((await run('Make it night, with a moon', {})).error?.message).toMatch(
			"'Prompt' must be at most 20 characters",
		);
		expect((await run('Make it night', { grain: 3 })).error?.message).toMatch("'Grain' can't be combined with images");
		expect(kie.creates()).toHaveLength(1);
	} finally {
		await kie.close();
	}
});

it('no code refers to a model by its ID', () => {
	const ids = [...imageModels, ...videoModels, ...audioModels]
		.map(({ id }) => id)
		.filter((id) => /[/-].*\d|\//.test(id));
	const files = readdirSync('nodes', { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts') && !file.includes(join('shared', 'catalogue')))
		// The default model of a form is set by the node.
		.filter((file) => !/(image|video|audio)Node\.ts$/.test(file));
	const matches = files.flatMap((file) => {
		const code = readFileSync(join('nodes', file), 'utf8');
		return ids.filter((id) => code.includes(`'${id}'`)).map((id) => `${file}: ${id}`);
	});
	expect(files.length).toBeGreaterThan(30);
	expect(matches).toEqual([]);
});
