import { setTimeout as wait } from 'node:timers/promises';

import axios from 'axios';
import { range } from 'lodash';

import type { Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import { readBinary } from './engine';
import type { Host, HostOptions } from './trigger-host';
import { startHost } from './trigger-host';
import { allDelivered, create, imagesOf } from './trigger-tasks';

/** Kie Trigger with 'Combine Callbacks Within (Seconds)', in real time. */

const open: Array<{ close: () => Promise<void> }> = [];
afterEach(async () => {
	for (const closable of open.splice(0)) await closable.close();
});

async function start(
	parameters: HostOptions['parameters'] = {},
	options: HostOptions = {},
): Promise<{ kie: Simulator; host: Host }> {
	const kie = await startSimulator({ taskSeconds: 0.05, rate: false, readRates: false });
	const combined = { confirm: false, options: { combineSeconds: 1 }, ...parameters };
	const host = await startHost(kie, { parameters: combined, ...options });
	open.push(host, kie);
	return { kie, host };
}

const bodyOf = (taskId: string) => ({
	code: 200,
	msg: 'success',
	data: { taskId, model: 'z-image', state: 'success', resultJson: '{"resultUrls":["https://a.example/a.png"]}' },
});

async function post(host: Host, taskId: string) {
	return await axios.post(host.url, bodyOf(taskId), { validateStatus: () => true });
}

const idsOf = (count: number) => range(count).map((index) => `task-${index}`);
const started = (host: Host) => host.started.map(({ json }) => String(json.taskId)).sort();

it('starts the workflow once for callbacks of the same second, with an item for each', async () => {
	const { host } = await start();
	const answers = await Promise.all(idsOf(20).map(async (id) => await post(host, id)));
	expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
	expect([host.starts, started(host)]).toEqual([1, idsOf(20).sort()]);
});

it('starts it again for a later callback', async () => {
	const { host } = await start();
	await Promise.all(idsOf(2).map(async (id) => await post(host, id)));
	expect((await post(host, 'later')).status).toBe(200);
	expect([host.starts, started(host)]).toEqual([2, ['later', 'task-0', 'task-1']]);
});

it('answers once the workflow has started', async () => {
	const { host } = await start();
	const answered: number[] = [];
	await Promise.all(
		idsOf(5).map(async (id) => {
			await post(host, id);
			answered.push(host.starts);
		}),
	);
	expect(answered).toEqual([1, 1, 1, 1, 1]);
});

it('answers all of them at about the same time, however long the workflow takes to start', async () => {
	const { host } = await start({ options: { combineSeconds: 0.2 } });
	host.startMs = 4_200;
	const times = await Promise.all(
		idsOf(3).map(async (id) => {
			expect((await post(host, id)).status).toBe(200);
			return Date.now();
		}),
	);
	expect(Math.max(...times) - Math.min(...times)).toBeLessThan(2_000);
}, 15_000);

it('asks for all of them again if n8n could not start the workflow, and then starts it', async () => {
	const { host } = await start();
	host.failStarts = 1;
	const rejected = await Promise.all(idsOf(5).map(async (id) => await post(host, id)));
	expect(rejected.map(({ status }) => status).sort()).toEqual([500, 503, 503, 503, 503]);
	expect(started(host)).toEqual([]);
	const accepted = await Promise.all(idsOf(5).map(async (id) => await post(host, id)));
	expect(accepted.map(({ status }) => status)).toEqual(Array(5).fill(200));
	expect([host.starts, started(host)]).toEqual([1, idsOf(5)]);
});

it('answers a repeated callback like the first one, at the same time and after a restart', async () => {
	const { host } = await start();
	const twice = [...idsOf(3), ...idsOf(3)];
	const answers = await Promise.all(twice.map(async (id) => await post(host, id)));
	expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
	host.restart();
	for (const id of idsOf(3)) expect((await post(host, id)).data).toMatchObject({ note: 'repeated' });
	expect(started(host)).toEqual(idsOf(3));
});

it('starts the workflow with a repeated callback if it could not be started with the first one', async () => {
	const { host } = await start();
	host.failStarts = 1;
	const answers = await Promise.all([post(host, 'a'), wait(300).then(async () => await post(host, 'a'))]);
	expect(answers.map(({ status }) => status)).toEqual([500, 200]);
	expect(started(host)).toEqual(['a']);
});

it('starts the workflow with at most 100 items', async () => {
	const { host } = await start();
	await Promise.all(idsOf(150).map(async (id) => await post(host, id)));
	expect([host.starts, started(host)]).toEqual([2, idsOf(150).sort()]);
});

it('starts it with a callback that was waiting for others when n8n crashed, once Kie repeats it', async () => {
	const { host } = await start();
	const first = idsOf(100).map(async (id) => await post(host, id));
	await wait(500);
	const waiting = post(host, 'waiting');
	await Promise.all(first);
	expect([host.starts, started(host)]).toEqual([1, idsOf(100).sort()]);
	host.restart();
	expect((await post(host, 'waiting')).data).toBe('');
	expect((await post(host, 'task-0')).data).toMatchObject({ note: 'repeated' });
	await waiting;
});

it('starts it with a callback whose sender has left', async () => {
	const { host } = await start();
	const first = axios.post(host.url, bodyOf('first'), { timeout: 300 }).catch(() => 'left');
	await wait(100);
	const [left, second] = await Promise.all([first, post(host, 'second')]);
	expect([left, second.status]).toEqual(['left', 200]);
	expect([host.starts, started(host)]).toEqual([1, ['first', 'second']]);
});

it('combines files', async () => {
	const { kie, host } = await start({ confirm: true, downloadFiles: true });
	const ids = await Promise.all(range(3).map(async () => await create(kie, imagesOf('A fox'))));
	await allDelivered(kie);
	const answers = await Promise.all(ids.map(async (id) => await post(host, id)));
	expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
	while (host.starts === 0) await wait(20);
	expect([host.starts, started(host)]).toEqual([1, [...ids].sort()]);
	for (const item of host.started) {
		const file = item.binary?.data;
		expect(file && (await readBinary(file)).subarray(1, 4).toString()).toBe('PNG');
	}
});

it('starts the workflow for each callback without the option, and for each test', async () => {
	const { host } = await start({ options: {} });
	const test = await start({}, { isTest: true });
	await Promise.all(idsOf(3).flatMap((id) => [post(host, id), post(test.host, id)]));
	expect([host.starts, test.host.starts]).toEqual([3, 3]);
});

it.each([-1, 5, 'soon'])('rejects %p', async (combineSeconds) => {
	const { host } = await start({ options: { combineSeconds } });
	const { status, data } = await post(host, 'a');
	expect([status, data]).toEqual([
		500,
		expect.stringContaining("'Combine Callbacks Within (Seconds)' must be a number from 0 to 4"),
	]);
	expect(host.started).toEqual([]);
});
