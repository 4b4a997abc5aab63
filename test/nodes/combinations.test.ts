import { sortBy, uniq } from 'lodash';
import type { INode, INodeParameters } from 'n8n-workflow';

import type { Fault, SimTask, Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import { runNode } from './engine';

jest.mock('../../nodes/shared/api/sleep', () => jest.requireActual<object>('./hurry'));

/** Faults, settings and options together: whatever happens, each paid task is in one place, and no limit is exceeded. */

const MODELS = ['z-image', 'grok-imagine/text-to-image', 'z-image', 'nano-banana-2', 'z-image', 'nano-banana-2'];
/** What the most expensive model costs. */
const HIGHEST_PRICE = 24;

const FAULTS: Fault[] = [
	{ on: 'create', kind: 'fail', failCode: '500', failMsg: 'Internal Error', times: 2 },
	{ on: 'read', kind: 'code', code: 401, times: 3 },
	{ on: 'create', kind: 'code', code: 402 },
	{ on: 'create', kind: 'fail', failCode: '501', failMsg: 'Flagged' },
	{ on: 'create', kind: 'drop-after' },
	{ on: 'download', kind: 'html', times: 10 },
	{ on: 'create', kind: 'code', code: 505, times: 3 },
	{ on: 'create', kind: 'no-result' },
	{ on: 'create', kind: 'status', status: 500, accepted: true },
	{ on: 'credit', kind: 'code', code: 401, times: 'always' },
	{ on: 'create', kind: 'code', code: 429, times: 5 },
];

const SETTINGS: Array<Partial<INode>> = [
	{},
	{ retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
	{ onError: 'continueRegularOutput' },
	{ onError: 'continueErrorOutput', retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
];

const OPTIONS: INodeParameters[] = [
	{},
	{ maxCredits: 60 },
	{ fallbackModel: { __rl: true, mode: 'id', value: 'nano-banana-2' } },
	{ fallbackModel: { __rl: true, mode: 'id', value: 'grok-imagine/text-to-image' }, maxCredits: 30 },
	{ maxCredits: 12, minimumBalance: 10 },
];

const at = <T>(values: T[], index: number): T[] => values.slice(index % values.length).slice(0, 1);

const cases = Array.from({ length: 24 }, (_, index) => ({
	faults: [...at(FAULTS, index), ...at(FAULTS, index * 3 + 4)].map((fault) => ({ ...fault, skip: index % 4 })),
	settings: Object.assign({}, ...at(SETTINGS, index)) as Partial<INode>,
	options: Object.assign({}, ...at(OPTIONS, index)) as INodeParameters,
}));

let kie: Simulator;
beforeEach(async () => {
	kie = await startSimulator({ taskSeconds: 0.03, readRates: false, rate: false, credits: 1000 });
});
afterEach(async () => await kie.close());

/** Whether the node was told the ID of a task that Kie has taken. */
const isConfirmed = ({ createFault }: SimTask) => createFault !== 'drop-after' && createFault !== 'status';

it.each(cases)('%j', async ({ faults, settings, options }) => {
	kie.inject(...faults);
	const result = await runNode(kie, {
		items: MODELS.map((model) => ({ json: { model } })),
		parameters: {
			operation: 'generate',
			model: '={{ $json.model }}',
			specifyInput: 'json',
			inputJson: '{ "prompt": "A fox", "aspect_ratio": "1:1" }',
			downloadFiles: true,
			options: { pollInterval: 1, ...options },
		},
		settings,
	});
	const outputs = [...result.items, ...result.errorItems];
	const output = JSON.stringify([outputs.map(({ json }) => json), result.error]);
	const paid = [...kie.tasks.values()].filter(({ state }) => state !== 'fail');

	expect(paid.length).toBeLessThanOrEqual(MODELS.length);
	for (const { id } of paid.filter(isConfirmed)) expect(output).toContain(id);
	const taskIds = outputs.flatMap(({ json: { taskId } }) => taskId ?? []);
	expect(uniq(taskIds)).toHaveLength(taskIds.length);

	const itemsOf = (items: typeof outputs) => items.map(({ pairedItem }) => Number(Object(pairedItem).item));
	expect(itemsOf(result.items)).toEqual(sortBy(itemsOf(result.items)));
	if (!result.error) expect(sortBy(itemsOf(outputs))).toEqual(MODELS.map((_, index) => index));

	const { maxCredits = Infinity } = options;
	expect(1000 - kie.credits()).toBeLessThanOrEqual(Number(maxCredits) + HIGHEST_PRICE);
});
