import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';

import type { CreateMemory } from '../../nodes/shared/run/createMemory';
import { createMemory } from '../../nodes/shared/run/createMemory';
import { runNode } from '../nodes/engine';
import type { Simulator } from '../simulator';
import { startSimulator } from '../simulator';

/** A node that uses its memory in each try and fails in all but the last, in n8n's own engine. */
function probe(tries: Array<(memory: CreateMemory) => unknown>): { node: INodeType; results: unknown[] } {
	const results: unknown[] = [];
	const node: INodeType = {
		description: {
			displayName: 'Probe',
			name: 'kie',
			group: ['transform'],
			version: 1,
			description: 'Tries the memory',
			defaults: {},
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			results.push(tries[results.length]?.(createMemory(this)));
			if (results.length < tries.length) throw new NodeOperationError(this.getNode(), 'Again');
			return [this.getInputData()];
		},
	};
	return { node, results };
}

const request = { prompt: 'A fox' };
const task = { taskId: 'a', api: 'market', model: 'm' } as const;
const A = { kind: 'created', task } as const;
const B = { kind: 'created', task: { ...task, taskId: 'b' } } as const;

describe('the memory of created tasks', () => {
	let kie: Simulator;
	beforeAll(async () => {
		kie = await startSimulator();
	});
	afterAll(async () => await kie.close());

	/** The result of each try of one run of the node. */
	async function run(...tries: Array<(memory: CreateMemory) => unknown>): Promise<unknown[]> {
		const { node, results } = probe(tries);
		await runNode(kie, { node, parameters: {}, settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } });
		return results;
	}

	it('is empty at first', async () => {
		expect(await run((memory) => memory.recall(0, request))).toEqual([undefined]);
	});

	it('keeps a task from one try to the next', async () => {
		const results = await run(
			(memory) => memory.remember(0, A, request),
			(memory) => memory.recall(0, request),
		);
		expect(results[1]).toEqual(A);
	});

	it('keeps that a task may have been accepted', async () => {
		const results = await run(
			(memory) => memory.remember(0, { kind: 'unconfirmed', reason: 'The connection broke' }, request),
			(memory) => memory.recall(0, request),
		);
		expect(results[1]).toEqual({ kind: 'unconfirmed', reason: 'The connection broke' });
	});

	it('distinguishes items, and recognizes an item whose expressions return something else', async () => {
		const results = await run(
			(memory) => {
				memory.remember(0, A, request);
				memory.remember(1, B, request);
			},
			(memory) => [memory.recall(0, { prompt: 'An owl' }), memory.recall(1, request), memory.recall(2, request)],
		);
		expect(results[1]).toEqual([A, B, undefined]);
	});

	it('distinguishes the calls of a tool by their input', async () => {
		const { node, results } = probe([
			(memory) => memory.remember(0, A, request),
			(memory) => [memory.recall(0, request), memory.recall(0, { prompt: 'An owl' })],
		]);
		await runNode(kie, {
			node,
			parameters: {},
			settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1, rewireOutputLogTo: 'ai_tool' },
		});
		expect(results[1]).toEqual([A, undefined]);
	});

	it('keeps a result without a task', async () => {
		const created = { ...A, record: { personaId: 'p' } };
		const results = await run(
			(memory) => memory.remember(0, created, request),
			(memory) => memory.recall(0, request),
		);
		expect(results[1]).toEqual(created);
	});

	it('forgets only what has to be created again', async () => {
		const results = await run(
			(memory) => {
				memory.remember(0, A, request);
				memory.remember(1, B, request);
				memory.forget(0, request);
			},
			(memory) => [memory.recall(0, request), memory.recall(1, request)],
		);
		expect(results[1]).toEqual([undefined, B]);
	});

	it('is empty after the run', async () => {
		const results = await run(
			(memory) => {
				memory.remember(0, A, request);
				memory.clear();
			},
			(memory) => memory.recall(0, request),
		);
		expect(results[1]).toBeUndefined();
	});

	it('is not shared with another execution', async () => {
		await run((memory) => memory.remember(0, A, request));
		expect(await run((memory) => memory.recall(0, request))).toEqual([undefined]);
	});
});
