import type { INodeParameters } from 'n8n-workflow';

import type { NodeSource } from '../e2e/workflow';

/** The workflows of a soak. Each gets its items from a webhook. */

export interface SoakWorkflow {
	name: string;
	/** The share of all items, in percent. */
	percent: number;
	/** How many items an execution has, and how many seconds their tasks take. */
	items: [number, number];
	seconds: [number, number];
	nodes: NodeSource[];
}

/** The node that gets the items from the body of the webhook. */
export const ITEMS = 'Items';
/** The node whose items are the outcome. */
export const LAST = 'Kie';
/** A node before it, which only creates the tasks. */
export const FIRST = 'Create';

/** A PNG of one pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** The items of an execution. The simulator reads the duration of a task from its prompt. */
export function soakItems(run: string, seconds: number[]): Array<{ prompt: string; image: string }> {
	return seconds.map((length, index) => ({ prompt: `${length} s, #${run}.${index}`, image: PIXEL }));
}

/** The run and the item that a prompt names. */
export function originOf(prompt: unknown): { run: string; item: number } | undefined {
	const [, run, item] = /#(\w+)\.(\d+)/.exec(String(prompt)) ?? [];
	return run === undefined ? undefined : { run, item: Number(item) };
}

/** The time limit of a task that never completes (minutes). */
const POLLED = { timeLimit: 2 };
const PAUSED = { waitUsing: 'pause', timeLimit: 4 };

const TO_ERROR_OUTPUT = { onError: 'continueErrorOutput' } as const;
const TO_OUTPUT = { onError: 'continueRegularOutput' } as const;

/** `callbackUrl`: where a Kie Trigger listens. */
export function soakWorkflows(callbackUrl: string): SoakWorkflow[] {
	const calledBack = { executionMode: 'createOnly', options: { ...POLLED, callBackUrl: callbackUrl } };
	const song = { resource: 'music', operation: 'generate', prompt: '={{ $json.prompt }}', options: POLLED };
	const edit = {
		operation: 'edit',
		model: 'google/nano-banana-edit',
		prompt: `={{ $('${ITEMS}').item.json.prompt }}`,
		image_urls: 'data',
	};
	return [
		{
			name: 'polled',
			percent: 20,
			items: [5, 20],
			seconds: [3, 40],
			nodes: [image({ downloadFiles: true, options: POLLED }, TO_ERROR_OUTPUT)],
		},
		{ name: 'polledStop', percent: 8, items: [2, 6], seconds: [3, 30], nodes: [image({ options: POLLED })] },
		{
			name: 'retried',
			percent: 8,
			items: [2, 6],
			seconds: [3, 20],
			nodes: [image({ options: POLLED }, { retryOnFail: true, maxTries: 3, waitBetweenTries: 1_000 })],
		},
		{
			name: 'ownApi',
			percent: 8,
			items: [3, 10],
			seconds: [3, 30],
			nodes: [image({ model: '4o-image-api', size: '1:1', options: POLLED }, TO_OUTPUT)],
		},
		{ name: 'songs', percent: 6, items: [2, 8], seconds: [5, 30], nodes: [kie('kieSuno', song, TO_OUTPUT)] },
		{
			name: 'edited',
			percent: 5,
			items: [2, 8],
			seconds: [3, 20],
			nodes: [toFile(), image({ ...edit, options: POLLED }, TO_ERROR_OUTPUT)],
		},
		{
			name: 'paused',
			percent: 18,
			items: [5, 20],
			seconds: [15, 90],
			nodes: [image({ downloadFiles: true, options: PAUSED }, TO_ERROR_OUTPUT)],
		},
		{ name: 'pausedStop', percent: 5, items: [2, 6], seconds: [15, 90], nodes: [image({ options: PAUSED })] },
		{
			name: 'calledBack',
			percent: 12,
			items: [2, 10],
			seconds: [2, 30],
			nodes: [image(calledBack, TO_ERROR_OUTPUT)],
		},
		{
			name: 'createdThenWaited',
			percent: 10,
			items: [3, 12],
			seconds: [10, 70],
			nodes: [
				image({ executionMode: 'createOnly', options: POLLED }, { ...TO_ERROR_OUTPUT, name: FIRST }),
				kie('kieCommon', { resource: 'task', operation: 'wait', options: PAUSED }, TO_ERROR_OUTPUT),
			],
		},
	];
}

function kie(type: string, parameters: INodeParameters, overrides: Partial<NodeSource> = {}): NodeSource {
	return {
		name: LAST,
		type: `n8n-nodes-kie-ai.${type}`,
		parameters: { downloadFiles: false, ...parameters },
		...overrides,
	};
}

function image(parameters: INodeParameters, overrides: Partial<NodeSource> = {}): NodeSource {
	const generate = { operation: 'generate', model: 'google/nano-banana', prompt: '={{ $json.prompt }}' };
	return kie('kieImage', { ...generate, ...parameters }, overrides);
}

/** Converts the image of an item to the binary field `data`. */
function toFile(): NodeSource {
	return {
		name: 'File',
		type: 'n8n-nodes-base.convertToFile',
		typeVersion: 1.1,
		parameters: {
			operation: 'toBinary',
			sourceProperty: 'image',
			options: { fileName: 'pixel.png', mimeType: 'image/png' },
		},
	};
}

/** Gets the results of tasks that no execution has returned, as the docs say. */
export function recovery(): NodeSource {
	const options = { timeLimit: 0.2 };
	return kie('kieCommon', { resource: 'task', operation: 'wait', options }, TO_ERROR_OUTPUT);
}
