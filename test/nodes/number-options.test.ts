import type { INodeParameters, INodeType } from 'n8n-workflow';

import { KieChat } from '../../nodes/KieChat/KieChat.node';
import { KieCommon } from '../../nodes/KieCommon/KieCommon.node';
import { KieImage } from '../../nodes/KieImage/KieImage.node';
import { numberIssue } from '../../nodes/shared/form/numberRange';
import type { Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import { runNode } from './engine';
import { zImage } from './market';

/** The limits of number options apply to what an expression returns, which the editor cannot check. */

const RANGE = { minValue: 1, maxValue: 600 };

it.each([1, 600, '42', 0.5 + 1])('%p is between 1 and 600', (value) => {
	expect(numberIssue(value, 'Poll Interval', RANGE)).toBeUndefined();
});

it.each([0, 600.1, 1e10, -1, Infinity, NaN, 'many', {}, true])('%p is not between 1 and 600', (value) => {
	expect(numberIssue(value, 'Poll Interval', RANGE)).toMatch(
		/^'Poll Interval' must be a number from 1 to 600 \(got .+\)$/,
	);
});

const chat: INodeParameters = {
	model: { __rl: true, mode: 'list', value: 'gemini-3-flash' },
	messages: { values: [{ role: 'user', text: 'Hello' }] },
};
const wait: INodeParameters = { resource: 'task', operation: 'wait', api: 'market', taskId: 'abc' };

const OPTIONS: Array<[name: string, node: INodeType, parameters: INodeParameters, label: string, limits: string]> = [
	['timeLimit', new KieImage(), zImage, 'Time Limit (Minutes)', '0.01 to 1440'],
	['pollInterval', new KieImage(), zImage, 'Poll Interval (Seconds)', '1 to 600'],
	['maxCredits', new KieImage(), zImage, 'Maximum Credits per Run', '0 to 1000000000'],
	['maxTasks', new KieImage(), zImage, 'Maximum Tasks per Run', '1 to 1000000'],
	['minimumBalance', new KieImage(), zImage, 'Minimum Balance (Credits)', '0 to 1000000000'],
	['timeLimit', new KieCommon(), wait, 'Time Limit (Minutes)', '0.01 to 1440'],
	['timeout', new KieChat(), chat, 'Timeout (Minutes)', '0.001 to 1440'],
	['maxTokens', new KieChat(), chat, 'Maximum Number of Tokens', '1 to 10000000'],
	['temperature', new KieChat(), chat, 'Sampling Temperature', '0 to 2'],
	['topP', new KieChat(), chat, 'Top P', '0 to 1'],
];

describe('an expression that returns 1e10', () => {
	let kie: Simulator;
	beforeAll(async () => (kie = await startSimulator()));
	afterAll(async () => await kie.close());

	it.each(OPTIONS)('for %s is rejected before anything is sent', async (name, node, parameters, label, limits) => {
		const options = { [name]: '={{ 1e10 }}' };
		const { error } = await runNode(kie, { node, parameters: { ...parameters, options } });
		expect(error?.message).toBe(`'${label}' must be a number from ${limits} (got 10000000000) [item 0]`);
		expect(kie.requests).toEqual([]);
	});
});

describe('options that are added but empty', () => {
	let kie: Simulator;
	beforeAll(async () => (kie = await startSimulator({ taskSeconds: 0.1, readRates: false })));
	afterAll(async () => await kie.close());

	it('limit nothing', async () => {
		const options = { maxCredits: '', maxTasks: '', minimumBalance: '', pollInterval: '' };
		const parameters = { ...zImage, downloadFiles: false, options };
		const { error } = await runNode(kie, { node: new KieImage(), parameters, items: [{ json: {} }, { json: {} }] });
		expect(error).toBeUndefined();
		expect(kie.creates()).toHaveLength(2);
	});
});
