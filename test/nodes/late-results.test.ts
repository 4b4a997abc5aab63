import type { INodeParameters, INodeType } from 'n8n-workflow';

import { KieCommon } from '../../nodes/KieCommon/KieCommon.node';
import { KieImage } from '../../nodes/KieImage/KieImage.node';
import { KieSuno } from '../../nodes/KieSuno/KieSuno.node';
import { KieVideo } from '../../nodes/KieVideo/KieVideo.node';
import type { Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import { runNode } from './engine';
import { zImage } from './market';

jest.mock('../../nodes/shared/api/sleep', () => jest.requireActual<object>('./hurry'));

/** Tasks whose record says success before it has a result. They are paid for. Waits are 60 times shorter here. */

const RETRIES = { retryOnFail: true, maxTries: 5, waitBetweenTries: 1 };
const options = { pollInterval: 1 };

const VIDEO = { prompt: 'A fox', additionalFields: {}, options };
const CREATED: Record<string, { node: INodeType; parameters: INodeParameters }> = {
	market: { node: new KieImage(), parameters: zImage },
	'gpt4o-image': {
		node: new KieImage(),
		parameters: { operation: 'generate', model: 'gpt4o-image', prompt: 'A fox', aspect_ratio: '1:1', options },
	},
	veo: { node: new KieVideo(), parameters: { operation: 'textToVideo', model: 'veo3_fast', ...VIDEO } },
	runway: {
		node: new KieVideo(),
		parameters: {
			operation: 'textToVideo',
			model: 'runway-own',
			duration: 5,
			resolution: '720p',
			aspect_ratio: '16:9',
			...VIDEO,
		},
	},
	'suno-music': {
		node: new KieSuno(),
		parameters: { resource: 'music', operation: 'generate', customMode: false, prompt: 'A song', options },
	},
};

describe('a success without a result', () => {
	let kie: Simulator;
	beforeEach(async () => {
		kie = await startSimulator({ taskSeconds: 0.05, readRates: false });
	});
	afterEach(async () => await kie.close());

	describe.each(Object.entries(CREATED))('of %s', (_api, run) => {
		// 5 s and 55 s.
		it.each([80, 900])('is read again until its result arrives, %i ms late', async (lateMs) => {
			kie.inject({ on: 'create', kind: 'no-result', form: 'empty-string', lateMs });
			const { items, error } = await runNode(kie, { ...run, settings: RETRIES });
			expect(error).toBeUndefined();
			expect(items[0]?.json).toMatchObject({ state: 'success', urls: expect.arrayContaining([expect.any(String)]) });
			expect(kie.creates()).toHaveLength(1);
		});
	});

	it('is not recreated by Retry On Fail, and its error names the task and what to do', async () => {
		kie.inject({ on: 'create', kind: 'no-result', times: 'always' });
		const { error } = await runNode(kie, { parameters: zImage, settings: RETRIES });
		const [taskId, ...otherIds] = kie.tasks.keys();
		expect(otherIds).toEqual([]);
		expect(error?.message).toBe(`Task ${taskId} succeeded at Kie.ai, but has no result [item 0]`);
		expect(error?.description).toContain('has been charged, so it is not created again');
		expect(error?.description).toContain('Kie Common node (Task: Wait)');
		expect(kie.creates()).toHaveLength(1);
	});

	it('is read by the next try, which finds the result', async () => {
		// Two and a half minutes.
		kie.inject({ on: 'create', kind: 'no-result', lateMs: 2_500 });
		const { items, error } = await runNode(kie, { parameters: zImage, settings: RETRIES });
		expect(error).toBeUndefined();
		expect(items[0]?.json.state).toBe('success');
		expect(kie.creates()).toHaveLength(1);
	});

	it('is read beyond the time limit, which applies to the task', async () => {
		kie.inject({ on: 'create', kind: 'no-result', lateMs: 750 });
		const { items, error } = await runNode(kie, {
			parameters: { ...zImage, options: { pollInterval: 1, timeLimit: 0.5 } },
		});
		expect(error).toBeUndefined();
		expect(items[0]?.json.state).toBe('success');
	});

	describe.each(['get', 'wait'])('in Kie Common (Task: %s)', (operation) => {
		const node = new KieCommon();
		const create = async (lateMs?: number) => {
			kie.inject({ on: 'create', kind: 'no-result', lateMs });
			const { items } = await runNode(kie, { parameters: { ...zImage, executionMode: 'createOnly' } });
			await new Promise((resolve) => setTimeout(resolve, 100));
			return items.map(({ json }) => ({ json }));
		};
		const parameters = { resource: 'task', operation, options: operation === 'wait' ? options : {} };

		it('is read again until its result arrives', async () => {
			const { items, error } = await runNode(kie, { node, items: await create(600), parameters });
			expect(error).toBeUndefined();
			expect(items[0]?.json).toMatchObject({ state: 'success', urls: [expect.any(String)] });
		});

		it('fails with an error that names the task', async () => {
			const { error } = await runNode(kie, { node, items: await create(), parameters });
			const [taskId] = kie.tasks.keys();
			expect(error?.message).toBe(`Task ${taskId} succeeded at Kie.ai, but has no result [item 0]`);
		});
	});
});
