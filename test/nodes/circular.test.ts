import type { INodeParameters, INodeType } from 'n8n-workflow';

import { KieChat } from '../../nodes/KieChat/KieChat.node';
import { KieCommon } from '../../nodes/KieCommon/KieCommon.node';
import { KieImage } from '../../nodes/KieImage/KieImage.node';
import { KieSuno } from '../../nodes/KieSuno/KieSuno.node';
import type { Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import { runNode } from './engine';
import { modelOfItem, zImage } from './market';

/** Expressions that return an object which contains itself. Such a value can neither be sent nor stored. */

const CIRCULAR = '={{ (() => { const value = { name: "x" }; value.self = value; return value; })() }}';

const chat: INodeParameters = {
	model: { __rl: true, mode: 'list', value: 'gemini-3-flash' },
	messages: { values: [{ role: 'user', text: 'Hello' }] },
};

const CASES: Array<[name: string, node: INodeType, parameters: INodeParameters, label: string]> = [
	['a required field', new KieImage(), { ...zImage, prompt: CIRCULAR }, 'Prompt'],
	[
		'an additional field',
		new KieImage(),
		{
			operation: 'generate',
			model: 'bytedance/seedream',
			prompt: 'A fox',
			additionalFields: { guidance_scale: CIRCULAR },
		},
		'Guidance Scale',
	],
	[
		'the input as JSON',
		new KieImage(),
		{ ...modelOfItem, customModelId: { __rl: true, mode: 'id', value: 'a/b' }, inputJson: CIRCULAR },
		'Input JSON',
	],
	['an option', new KieImage(), { ...zImage, options: { timeLimit: CIRCULAR } }, 'Time Limit'],
	[
		'a field of Kie Suno',
		new KieSuno(),
		{ resource: 'music', operation: 'generate', customMode: false, prompt: CIRCULAR },
		'Prompt',
	],
	[
		'a field of Kie Common',
		new KieCommon(),
		{ resource: 'task', operation: 'get', api: 'market', taskId: CIRCULAR },
		'Task ID',
	],
	[
		'messages of Kie Chat',
		new KieChat(),
		{ ...chat, specifyMessages: 'json', messagesJson: CIRCULAR },
		'Messages JSON',
	],
	['an option of Kie Chat', new KieChat(), { ...chat, options: { topP: CIRCULAR } }, 'Top P'],
];

describe('a value that contains itself', () => {
	let kie: Simulator;
	beforeAll(async () => (kie = await startSimulator()));
	afterAll(async () => await kie.close());

	it.each(CASES)('is reported for %s, and nothing is sent', async (_name, node, parameters, label) => {
		const { error } = await runNode(kie, { node, parameters });
		expect(error?.message).toBe(`'${label}' must not contain a circular reference [item 0]`);
		expect(error?.description).toContain('Nothing was sent to Kie.ai');
		expect(kie.requests).toEqual([]);
	});
});
