import type { INodeParameters } from 'n8n-workflow';

import { KieChat } from '../../nodes/KieChat/KieChat.node';
import type { Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import type { RunResult } from './engine';
import { runNode } from './engine';
import { zImage } from './market';

jest.mock('../../nodes/shared/api/sleep', () => jest.requireActual<object>('./hurry'));

/** A node in a loop: each round is a run of its own, also with the same input and with Retry On Fail. */

const RETRIES = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

let kie: Simulator;
beforeEach(async () => {
	kie = await startSimulator({ taskSeconds: 0.05, readRates: false, rate: false, credits: 1000 });
});
afterEach(async () => await kie.close());

/** The output of each round. */
const roundsOf = ({ run }: RunResult) =>
	(run.data.resultData.runData.Kie ?? []).map(({ data }) => data?.main?.[0]?.map(({ json }) => json) ?? []);

const image = (options: INodeParameters = {}): INodeParameters => ({
	...zImage,
	options: { pollInterval: 1, ...options },
});

it('creates a task for each round', async () => {
	const rounds = roundsOf(await runNode(kie, { parameters: image(), rounds: 3 }));
	expect(rounds.map((items) => items.map(({ state }) => state))).toEqual([['success'], ['success'], ['success']]);
	expect(new Set(rounds.flat().map(({ taskId }) => taskId)).size).toBe(3);
	expect(kie.creates()).toHaveLength(3);
});

it('reuses the task of the same round in the next try, and of no other round', async () => {
	// The second round cannot read its task at first.
	kie.inject({ on: 'read', kind: 'code', code: 401, skip: 1, times: 3 });
	const rounds = roundsOf(await runNode(kie, { parameters: image(), rounds: 3, settings: RETRIES }));
	expect(new Set(rounds.flat().map(({ taskId }) => taskId)).size).toBe(3);
	expect(kie.creates()).toHaveLength(3);
});

it('counts the credits of each round for itself', async () => {
	const { error } = await runNode(kie, {
		parameters: image({ maxCredits: 9 }),
		items: [{}, {}],
		rounds: 3,
		settings: RETRIES,
	});
	expect(error).toBeUndefined();
	expect(kie.credits()).toBe(1000 - 3 * 2 * 4);
});

it('sends the same messages again in each round', async () => {
	const parameters: INodeParameters = {
		model: { __rl: true, mode: 'list', value: 'gemini-3-pro' },
		specifyMessages: 'json',
		messagesJson: '[{ "role": "user", "content": "Hello" }]',
	};
	await runNode(kie, { node: new KieChat(), parameters, rounds: 2, settings: RETRIES });
	expect(kie.chats()).toHaveLength(2);
});
