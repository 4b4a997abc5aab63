import type { INodeParameters } from 'n8n-workflow';

import { KieChat } from '../../nodes/KieChat/KieChat.node';
import { costText } from '../../nodes/shared/run/runCost';
import type { Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import { runNode } from './engine';
import { zImage } from './market';

jest.mock('../../nodes/shared/api/sleep', () => jest.requireActual<object>('./hurry'));

/** What a run shows about its cost: below its output, and in n8n's trace of the node. */

const PROMPTS: INodeParameters = { ...zImage, prompt: '={{ $json.prompt }}' };
const prompts = (...texts: string[]) => texts.map((prompt) => ({ json: { prompt } }));

let kie: Simulator;
beforeEach(async () => {
	kie = await startSimulator({ taskSeconds: 0.1, rate: false, readRates: false, credits: 1_000 });
});
afterEach(async () => await kie.close());

const hintsOf = ({ run }: Awaited<ReturnType<typeof runNode>>) =>
	run.data.resultData.runData.Kie?.at(-1)?.hints?.map(({ message }) => message);
const tracingOf = ({ run }: Awaited<ReturnType<typeof runNode>>) =>
	run.data.resultData.runData.Kie?.at(-1)?.metadata?.tracing;

it('a hint shows the credits used and the balance', async () => {
	const result = await runNode(kie, { items: prompts('a', 'b', 'c'), parameters: PROMPTS });
	expect(hintsOf(result)).toEqual(['3 tasks, 12 credits, 988 left']);
	expect(kie.requests.filter(({ path }) => path === '/api/v1/chat/credit')).toHaveLength(1);
});

it('tasks that the node does not wait for have no cost yet', async () => {
	const result = await runNode(kie, { parameters: { ...zImage, executionMode: 'createOnly' } });
	expect(hintsOf(result)).toEqual(['1 task, 996 credits left']);
});

it('the hint does without a balance that cannot be read', async () => {
	kie.inject({ on: 'credit', kind: 'drop-before' });
	const result = await runNode(kie, { parameters: zImage });
	expect([result.error, hintsOf(result)]).toEqual([undefined, ['1 task, 4 credits']]);
});

it('an item that fails before its task exists is not counted', async () => {
	kie.inject({ on: 'create', kind: 'code', code: 422, msg: 'no' });
	const settings = { onError: 'continueRegularOutput' } as const;
	const result = await runNode(kie, { items: prompts('a', 'b'), parameters: PROMPTS, settings });
	expect(hintsOf(result)?.[0]).toMatch(/^1 task, 4 credits, /);
});

it('the trace of the node contains the tasks and their credits, also of a failed run, and never the key', async () => {
	const result = await runNode(kie, { items: prompts('a', 'b'), parameters: PROMPTS });
	const ids = result.items.map(({ json }) => json.taskId).join(',');
	expect(tracingOf(result)).toEqual({ 'kie.task_count': 2, 'kie.task_ids': ids, 'kie.credits_consumed': 8 });

	kie.inject({ on: 'create', kind: 'fail' });
	const failedRun = await runNode(kie, { parameters: zImage });
	const [, , task] = kie.tasks.values();
	expect(tracingOf(failedRun)).toMatchObject({ 'kie.task_count': 1, 'kie.task_ids': task?.id });
	expect(JSON.stringify([tracingOf(result), tracingOf(failedRun)])).not.toContain(kie.apiKey);
});

it('a task that a fallback model replaced is counted', async () => {
	kie.inject({ on: 'create', kind: 'fail', failCode: '500', failMsg: 'Internal Error', model: 'z-image' });
	const fallbackModel = { __rl: true, mode: 'list', value: 'nano-banana-2' };
	const result = await runNode(kie, { parameters: { ...zImage, options: { pollInterval: 1, fallbackModel } } });
	expect(result.items[0]?.json).toMatchObject({ model: 'nano-banana-2' });
	expect(hintsOf(result)?.[0]).toMatch(/^2 tasks, /);
	expect(tracingOf(result)).toMatchObject({ 'kie.task_count': 2, 'kie.task_ids': [...kie.tasks.keys()].join(',') });
});

it('Kie Chat shows the same for its calls', async () => {
	const parameters = { messages: { values: [{ role: 'user', text: 'Hi' }] } };
	const result = await runNode(kie, { node: new KieChat(), parameters });
	expect(result.error).toBeUndefined();
	expect(hintsOf(result)?.[0]).toMatch(/^1 response, [\d.]+ credits?, [\d.]+ left$/);
});

it.each([
	[[8], 904, '1 task, 8 credits, 904 left'],
	[[1], undefined, '1 task, 1 credit'],
	[[0.1, 0.2], 0.3, '2 tasks, 0.3 credits, 0.3 left'],
	[[8, undefined], 904, '2 tasks, at least 8 credits, 904 left'],
	[[undefined], undefined, '1 task'],
])('%j with a balance of %p', (credits, balance, text) => {
	expect(costText({ unit: 'task', credits }, balance)).toBe(text);
});
