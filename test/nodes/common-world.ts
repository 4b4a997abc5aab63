import type { IExecuteFunctions, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { KieCommon } from '../../nodes/KieCommon/KieCommon.node';
import type { Simulator, SimulatorOptions } from '../simulator';
import { startSimulator } from '../simulator';
import type { RunOptions, RunResult } from './engine';
import { runNode } from './engine';

let lastEnd = 0;

/** When the node finished last, even if n8n no longer waited for it. */
export const endedAt = (): number => lastEnd;

/** Kie Common that records when it finished. */
class Watched extends KieCommon {
	override async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await KieCommon.prototype.execute.call(this).finally(() => (lastEnd = Date.now()));
	}
}

const node = new Watched();
// The node limits reads of the live catalogue per account, so every run has its own account.
const keys = Array.from({ length: 500 }, (_, index) => `common-test-${index}`);
let runs = 0;

/** A simulator that accepts every account of the runs. */
export const startKie = async (options: SimulatorOptions = {}): Promise<Simulator> =>
	await startSimulator({ taskSeconds: 0.05, rate: false, readRates: false, apiKeys: keys, ...options });

/** Runs Kie Common as one of the accounts. */
export async function runCommon(
	kie: Simulator,
	parameters: INodeParameters,
	overrides: Partial<RunOptions> = {},
): Promise<RunResult> {
	const apiKey = keys[runs++ % keys.length] ?? '';
	return await runNode(kie, { node, credentials: { apiKey }, parameters, ...overrides });
}

/** The settings of a node that continues after a failed item, for each of the outputs. */
export const CONTINUE_ON_ERROR = { onError: 'continueRegularOutput' } as const;
export const ERROR_OUTPUT = { onError: 'continueErrorOutput' } as const;

export const pause = async (ms: number): Promise<void> => await new Promise((resolve) => setTimeout(resolve, ms));
