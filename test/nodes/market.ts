import type { INodeParameters } from 'n8n-workflow';

import type { ServedModel } from '../simulator';
import type { TestItem } from './engine';

/** The parameters of a simple image; the model has a prompt and few other fields. */
export const zImage: INodeParameters = {
	operation: 'generate',
	model: 'z-image',
	prompt: 'A red fox',
	aspect_ratio: '16:9',
	options: { pollInterval: 1 },
};

/** Parameters of Custom Model with a prompt and the model of the item. */
export const modelOfItem: INodeParameters = {
	operation: 'customModel',
	customModelId: { __rl: true, mode: 'id', value: '={{ $json.model }}' },
	specifyInput: 'json',
	inputJson: '{ "prompt": "A red fox" }',
	options: { pollInterval: 1 },
};

/** A market whose models have these names, so that each fault of a test applies to its own item of a batch. */
export function modelsNamed(names: string[]): ServedModel[] {
	return names.map((id) => ({
		output: 'image',
		model: {
			id,
			title: id,
			family: 'Test',
			operations: { generate: {} },
			seconds: 1,
			media: {},
			input: { required: ['prompt'], properties: { prompt: { type: 'string' } } },
		},
	}));
}

/** Cases with names that can be model IDs. */
export const byModel = <T>(cases: Record<string, T>): Record<string, T> =>
	Object.fromEntries(Object.entries(cases).map(([name, value]) => [name.replaceAll(' ', '-'), value]));

/** An item for each model. */
export const itemsNamed = (names: string[]): TestItem[] => names.map((model) => ({ json: { model } }));
