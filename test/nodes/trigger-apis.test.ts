import { setTimeout as wait } from 'node:timers/promises';

import type { Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import type { Host } from './trigger-host';
import { startHost } from './trigger-host';
import { allKinds, create, allDelivered } from './trigger-tasks';

/** Kie's callbacks of every API are returned in the format of the other nodes. */

const events = ['success', 'failure', 'progress'];

describe.each([
	['confirmed', true],
	['as posted', false],
])('callbacks of every API, %s', (_name, confirm) => {
	let kie: Simulator;
	let host: Host;
	beforeAll(async () => {
		kie = await startSimulator({ taskSeconds: 0.3, rate: false, readRates: false, hmacKey: 'key', checkMedia: false });
		host = await startHost(kie, { parameters: { confirm, events }, credentials: { webhookSecret: 'key' } });
	});
	afterAll(async () => {
		await kie.close();
		await host.close();
	});
	beforeEach(() => (host.started.length = 0));

	const deliveries = () => [...kie.tasks.values()].flatMap((task) => task.deliveries);
	/** All callbacks have a response, and none is repeated: the simulator's longest delay is 400 ms. */
	const allAnswered = async () => {
		await allDelivered(kie);
		const isPending = () => deliveries().some(({ status, error }) => status === undefined && error === undefined);
		const latest = () => Math.max(...deliveries().map(({ at }) => at));
		while (isPending() || Date.now() - latest() < 600) await wait(20);
	};

	it('start the workflow once for each event', async () => {
		const kinds = await allKinds(kie);
		const ids = await Promise.all(kinds.map(async (kind) => await create(kie, kind, host.url)));
		await allAnswered();
		const itemsOf = (index: number) => host.started.flatMap(({ json }) => (json.taskId === ids[index] ? [json] : []));
		const results = kinds.map(({ name, details = 'urls' }, index) => {
			const items = itemsOf(index);
			const { api, urls, ...fields } = items.find(({ event }) => event === 'success') ?? {};
			return {
				name,
				events: items.map(({ event, stage }) => [event, stage].join(' ').trim()).sort(),
				// A body of Suno's does not show whether its task is one of the market.
				api: confirm ? api : String(api).replace(/^suno-.*/, 'suno'),
				files: Array.isArray(urls) ? urls.length : 0,
				hasDetails: { urls, ...fields }[details] !== undefined,
			};
		});
		expect(results).toEqual(
			kinds.map(({ name, api, files = 0, isSong }) => ({
				name,
				events: isSong ? ['progress first', 'progress text', 'success'] : ['success'],
				api: confirm ? api : api.replace(/^suno-.*/, 'suno'),
				files,
				hasDetails: true,
			})),
		);
		if (confirm) {
			expect(kinds.map((_, index) => itemsOf(index)[0]?.model)).toEqual(kinds.map(({ model, api }) => model ?? api));
		}
	});

	it('report failures with the reason', async () => {
		const kinds = await allKinds(kie);
		kie.inject({ on: 'create', kind: 'fail', failCode: '501', failMsg: 'Flagged', times: kinds.length });
		const ids = await Promise.all(kinds.map(async (kind) => await create(kie, kind, host.url)));
		kie.clearFaults();
		await allAnswered();
		const results = kinds.map(({ name }, index) => {
			const items = host.started.filter(({ json }) => json.taskId === ids[index]);
			const { event, state, failure, urls } = items[0]?.json ?? {};
			return { name, count: items.length, event, state, urls, isGiven: JSON.stringify(failure ?? {}).length > 20 };
		});
		expect(results).toEqual(
			kinds.map(({ name }) => ({ name, count: 1, event: 'failure', state: 'fail', urls: undefined, isGiven: true })),
		);
	});
});
