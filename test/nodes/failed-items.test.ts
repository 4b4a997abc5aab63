import type { IDataObject, INodeParameters, INodeType } from 'n8n-workflow';

import { KieChat } from '../../nodes/KieChat/KieChat.node';
import { KieCommon } from '../../nodes/KieCommon/KieCommon.node';
import { KieImage } from '../../nodes/KieImage/KieImage.node';
import type { Fault, Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import { runNode } from './engine';
import { zImage } from './market';

jest.mock('../../nodes/shared/api/sleep', () => jest.requireActual<object>('./hurry'));

/** Failed items under On Error: Continue, in all kinds of nodes. */

interface Failing {
	node: INodeType;
	parameters: INodeParameters;
	fault?: Fault;
	message: RegExp;
}

const NODES: Record<string, Failing> = {
	'Kie Image: a failed task': {
		node: new KieImage(),
		parameters: zImage,
		fault: { on: 'create', kind: 'fail', failMsg: 'Flagged' },
		message: /Flagged \[item 0\]$/,
	},
	'Kie Image: invalid input': {
		node: new KieImage(),
		parameters: { ...zImage, prompt: '={{ $json.nothing }}' },
		message: /'Prompt' is required \[item 0\]$/,
	},
	'Kie Common: a refusal': {
		node: new KieCommon(),
		parameters: { resource: 'account', operation: 'getCredits' },
		fault: { on: 'credit', kind: 'code', code: 505 },
		message: /disabled at Kie\.ai.+\[item 0\]$/,
	},
	'Kie Common: an unknown task': {
		node: new KieCommon(),
		parameters: { resource: 'task', operation: 'get', api: 'market', taskId: 'nobody-knows' },
		message: /\[item 0\]$/,
	},
	'Kie Chat: a refusal': {
		node: new KieChat(),
		parameters: {
			model: { __rl: true, mode: 'list', value: 'gemini-3-flash' },
			messages: { values: [{ role: 'user', text: 'Hello' }] },
		},
		fault: { on: 'chat', kind: 'code', code: 402 },
		message: /\[item 0\]$/,
	},
};

/** Whether n8n before 2.35.3 sends an item to the error output (handleNodeErrorOutput in n8n-core). */
function isErrorBefore235(json: IDataObject): boolean {
	const keys = Object.keys(json);
	return Boolean(json.error) && (keys.length === 1 || (keys.length === 2 && Boolean(json.message)));
}

describe.each(Object.entries(NODES))('%s', (_name, { node, parameters, fault, message }) => {
	let kie: Simulator;
	beforeEach(async () => {
		kie = await startSimulator({ taskSeconds: 0.05, readRates: false });
		if (fault) kie.inject(fault);
	});
	afterEach(async () => await kie.close());

	it('is an item with only the key `error`, which every n8n sends to the error output', async () => {
		const { items } = await runNode(kie, { node, parameters, settings: { onError: 'continueRegularOutput' } });
		expect(items).toHaveLength(1);
		expect(items[0]?.json).toEqual({
			error: expect.objectContaining({ message: expect.stringMatching(message), description: expect.any(String) }),
		});
		expect(items[0]?.error).toBeUndefined();
		expect(isErrorBefore235(items[0]?.json ?? {})).toBe(true);
	});

	it('leaves through the error output, with the fields of its input', async () => {
		const { items, errorItems } = await runNode(kie, {
			node,
			parameters,
			items: [{ json: { origin: 'first' } }],
			settings: { onError: 'continueErrorOutput' },
		});
		expect(items).toEqual([]);
		expect(errorItems.map(({ json }) => json)).toMatchObject([
			{ origin: 'first', error: { message: expect.stringMatching(message) } },
		]);
	});
});

it('A failed item names its task, API and model', async () => {
	const kie = await startSimulator({ taskSeconds: 0.05, readRates: false });
	kie.inject({ on: 'create', kind: 'fail', failMsg: 'Flagged' });
	const { items } = await runNode(kie, { parameters: zImage, settings: { onError: 'continueRegularOutput' } });
	expect(items[0]?.json.error).toMatchObject({ taskId: [...kie.tasks.keys()][0], api: 'market', model: 'z-image' });
	await kie.close();
});
