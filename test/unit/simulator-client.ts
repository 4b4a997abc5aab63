import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import { createServer, type Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { type SimTask, type Simulator, startSimulator } from '../simulator';

/** A simulator for a test, and a client for it. */

export let simulator: Simulator;
export let api: AxiosInstance;
/** The host of uploads. */
export let uploads: AxiosInstance;
/** What is closed after a test. */
export const open: Array<{ close: () => unknown }> = [];

export async function start(options: Parameters<typeof startSimulator>[0] = {}): Promise<void> {
	simulator = await startSimulator({ taskSeconds: 0.05, ...options });
	open.push(simulator);
	api = client(simulator.apiKey);
	uploads = client(simulator.apiKey, simulator.uploadUrl);
}

export const client = (key: string, baseURL = simulator.url): AxiosInstance =>
	axios.create({ baseURL, headers: { Authorization: `Bearer ${key}` }, validateStatus: () => true });

afterEach(async () => {
	for (const closable of open.splice(0)) await closable.close();
});

export const createPath = '/api/v1/jobs/createTask';
export const create = (model: string, input: object, fields: object = {}): Promise<AxiosResponse> =>
	api.post(createPath, { model, input, ...fields });
export const read = (taskId: string, path = '/api/v1/jobs/recordInfo'): Promise<AxiosResponse> =>
	api.get(path, { params: { taskId } });
export const rejectionOf = async (request: Promise<unknown>): Promise<string> =>
	await request.then(() => 'answered', String);

/** Waits until every task has completed and its last callback has a response; one that never completes gets twice its time. */
export async function settled(): Promise<void> {
	const isOpen = ({ state, fate, createdAt, seconds, callBackUrl, finishedAt = 0, deliveries }: SimTask): boolean => {
		if (state === 'running') return fate.end !== 'never' || Date.now() < createdAt + seconds * 2000;
		const isAnswered = deliveries.every(({ status, error }) => (status ?? error) !== undefined);
		return callBackUrl !== undefined && !(isAnswered && deliveries.some(({ at }) => at >= finishedAt));
	};
	while ([...simulator.tasks.values()].some(isOpen)) await wait(5);
}

export async function completedRecord(path: string, body: object, recordPath?: string): Promise<AxiosResponse> {
	const created = await api.post(path, body);
	expect(created.data).toMatchObject({ code: 200, msg: 'success' });
	await settled();
	return await read(created.data.data.taskId, recordPath);
}

export async function finished(
	model: string,
	input: object,
): Promise<{ resultUrls: string[]; resultObject?: Record<string, unknown> }> {
	const { data } = await completedRecord(createPath, { model, input });
	expect(data.data.state).toBe('success');
	return JSON.parse(data.data.resultJson);
}

export interface Received {
	headers: Record<string, string | string[] | undefined>;
	body: { code: number; msg: string; data: Record<string, unknown> };
}

/** A server for callbacks; it responds with these statuses, then with 200. */
export async function receiver(statuses: number[]): Promise<{ url: string; received: Received[] }> {
	const received: Received[] = [];
	const server: Server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			received.push({ headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) });
			response.writeHead(statuses[received.length - 1] ?? 200).end();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	open.push({ close: () => server.close() });
	const address = server.address();
	return { url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`, received };
}

/** A value with every leaf replaced by the name of its type. Long lists count by their first entry. */
export function shape(value: unknown): unknown {
	if (Array.isArray(value)) return value.slice(0, 1).map(shape);
	if (typeof value === 'object' && value !== null) {
		return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, shape(entry)]));
	}
	return value === null ? 'null' : typeof value;
}
