import { KieCommon } from '../../nodes/KieCommon/KieCommon.node';
import type { FaultKind, Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import type { RunResult } from './engine';
import { runNode } from './engine';
import { itemsNamed, modelOfItem, modelsNamed, zImage } from './market';

jest.mock('../../nodes/shared/api/sleep', () => jest.requireActual<object>('./hurry'));

/** The API key is sent to Kie only, and is in no error, stored run or log, nor sent to the host of a result file. */

const KEY = 'key-that-nobody-may-see-0123456789';

const FAULTS: FaultKind[] = [
	{ kind: 'drop-before' },
	{ kind: 'drop-after' },
	{ kind: 'status', status: 401 },
	{ kind: 'status', status: 429 },
	{ kind: 'status', status: 500 },
	{ kind: 'code', code: 401 },
	{ kind: 'code', code: 422, msg: `The key ${KEY} may not do this` },
	{ kind: 'code', code: 500 },
	{ kind: 'html' },
	{ kind: 'html', status: 502 },
	{ kind: 'cut-json' },
	{ kind: 'empty' },
	{ kind: 'data-null' },
	{ kind: 'fail' },
	{ kind: 'fail', failMsg: `The key ${KEY} has no access to this model` },
];
const names = FAULTS.map((fault, index) => `${index}-${fault.kind}`);

describe('the API key', () => {
	let kie: Simulator;
	beforeEach(async () => {
		kie = await startSimulator({ apiKeys: [KEY], models: modelsNamed(names), taskSeconds: 0.1, readRates: false });
	});
	afterEach(async () => await kie.close());

	/** Everything of a run that others can read. */
	const traces = ({ stored, logged, error, items, errorItems }: RunResult) =>
		[stored, logged, JSON.stringify([error, items, errorItems])].join('\n');

	it('is sent, so that these tests can find it', async () => {
		const result = await runNode(kie, { items: itemsNamed(names.slice(0, 1)), parameters: modelOfItem });
		expect(kie.creates()[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
		expect(traces(result)).toContain(names[0]);
		expect(result.logged).toContain('Running node');
	});

	it('is masked in the record of a task, also if the full record is returned', async () => {
		const failMsg = `The key ${KEY} has no access`;
		kie.inject({ on: 'create', kind: 'fail', failMsg });
		const [model = ''] = names;
		const failedRun = await runNode(kie, { items: itemsNamed([model]), parameters: modelOfItem });
		expect(failedRun.error?.message).toContain('The key … has no access');
		const [taskId] = kie.tasks.keys();
		const parameters = { resource: 'task', operation: 'get', api: 'market', taskId, options: { simplify: false } };
		const record = await runNode(kie, { node: new KieCommon(), parameters });
		expect(record.items[0]?.json.failMsg).toBe('The key … has no access');
		expect([failedRun, record].map(traces).join()).not.toContain(KEY);
	});

	it.each(['create', 'read'] as const)('is in no item, no stored run and no log after any fault on %s', async (on) => {
		for (const [index, fault] of FAULTS.entries()) kie.inject({ ...fault, on, model: names[index]!, times: 4 });
		const result = await runNode(kie, {
			items: itemsNamed(names),
			parameters: modelOfItem,
			settings: { onError: 'continueErrorOutput' },
		});
		expect(kie.creates().length).toBeGreaterThanOrEqual(FAULTS.length);
		if (on === 'create') expect(result.errorItems.length).toBeGreaterThan(FAULTS.length / 2);
		expect(traces(result)).not.toContain(KEY);
	});

	it.each(FAULTS.map((fault, index) => [names[index]!, fault] as const))(
		'is in no error that stops the node: %s',
		async (model, fault) => {
			kie.inject({ ...fault, on: 'create', model, times: 'always' });
			const result = await runNode(kie, { items: itemsNamed([model]), parameters: modelOfItem });
			expect(result.error).toBeDefined();
			expect(traces(result)).not.toContain(KEY);
		},
	);

	it('is in no error if there is no server', async () => {
		const result = await runNode(kie, {
			items: itemsNamed(names.slice(0, 1)),
			parameters: modelOfItem,
			credentials: { baseUrl: 'http://127.0.0.1:1' },
		});
		expect(result.error).toBeDefined();
		expect(traces(result)).not.toContain(KEY);
	});

	it('is in no error if the URL is invalid', async () => {
		const result = await runNode(kie, {
			items: itemsNamed(names.slice(0, 1)),
			parameters: modelOfItem,
			credentials: { baseUrl: 'not a URL' },
		});
		expect(result.error).toBeDefined();
		expect(traces(result)).not.toContain(KEY);
	});

	it('is in no log of a canceled execution', async () => {
		kie.inject({ on: 'create', kind: 'slow', ms: 300 });
		const result = await runNode(kie, {
			items: itemsNamed(names.slice(0, 1)),
			parameters: modelOfItem,
			stopAfterMs: 100,
		});
		expect(result.logged).toContain('was canceled');
		expect(traces(result)).not.toContain(KEY);
	});
});

it('the API key is not sent to the host of a result file, and is in none of its errors', async () => {
	const kie = await startSimulator({ apiKeys: [KEY], taskSeconds: 0.1, readRates: false });
	kie.inject({ on: 'download', kind: 'status', status: 403, times: 'always' });
	const image = { data: Buffer.from('x'), name: 'a.png', type: 'image/png' };
	const result = await runNode(kie, {
		items: [{ files: { data: image } }],
		parameters: {
			operation: 'upscale',
			model: 'recraft/crisp-upscale',
			image_urls: 'data',
			downloadFiles: true,
		},
	});
	const fileRequests = kie.requests.filter(({ path }) => path.startsWith('/files/'));
	expect(fileRequests.length).toBeGreaterThan(1);
	for (const { headers, keyLeaked } of fileRequests) {
		expect(keyLeaked).toBeUndefined();
		expect(JSON.stringify(headers)).not.toContain(KEY);
	}
	expect(result.error).toBeDefined();
	expect(result.stored + result.logged).not.toContain(KEY);
	await kie.close();
});

it('the API key is in no trace of a successful run', async () => {
	const kie = await startSimulator({ apiKeys: [KEY], taskSeconds: 0.1, readRates: false });
	const { items, stored, logged } = await runNode(kie, {
		parameters: { ...zImage, downloadFiles: true, options: { simplify: false } },
	});
	expect(items[0]?.json.state).toBe('success');
	expect(stored + logged + JSON.stringify(items)).not.toContain(KEY);
	await kie.close();
});
