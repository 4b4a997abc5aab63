import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { type Answer, messages, reject, rejectByStatus } from './answers';
import { chatModelOf, rejectChat } from './chat';
import { sendChat } from './chat-send';
import { control } from './control';
import { serveFile } from './files';
import { isObject, parse } from './json';
import { replacementFor, send, sendText } from './replies';
import { type Route, routes, subjectOf } from './routes';
import type { Fault, Json, RecordedRequest } from './types';
import { base64Upload, rejectUpload, streamUpload, type UploadAnswer, urlUpload } from './uploads';
import { path1080p } from './veo';
import type { World } from './world';

const uploadPaths = ['/api/file-stream-upload', '/api/file-base64-upload', '/api/file-url-upload'];

/** Kie has one host for the API and one for uploads; neither serves the paths of the other. */
export type Host = 'api' | 'upload';

/** The server of one host. That of the API also serves files, and the simulator's own control under /_simulator. */
export const serve = (world: World, host: Host): Server =>
	createServer((request, response) => {
		handle(world, host, request, response).catch((error: unknown) => {
			// A request that the client aborted is not an error of the simulator.
			const isAborted = error instanceof Error && 'code' in error && error.code === 'ECONNRESET';
			if (!isAborted) console.error('simulator:', error);
			response.destroy();
		});
	});

async function handle(world: World, host: Host, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const url = new URL(request.url ?? '/', world.url);
	const path = url.pathname;
	if (path.startsWith('/_simulator/')) return await control(world, request, response, path);
	const record: RecordedRequest = {
		method: request.method ?? '',
		path,
		query: Object.fromEntries(url.searchParams),
		headers: request.headers,
		body: null,
		at: Date.now(),
	};
	world.requests.push(record);
	if (host === 'upload') {
		if (uploadPaths.includes(path)) return await takeUpload(world, request, response, record);
		await drain(request);
		return send(response, record, rejectByStatus(404, 'Not Found'));
	}
	if (path.startsWith('/files/')) {
		if (request.headers.authorization !== undefined) record.keyLeaked = true;
		request.resume();
		return await serveFile(world, request, response, path);
	}
	await callApi(world, request, response, record, url);
}

async function callApi(
	world: World,
	request: IncomingMessage,
	response: ServerResponse,
	record: RecordedRequest,
	url: URL,
): Promise<void> {
	const text = await readText(request);
	const body = parse(text);
	if (body !== undefined) record.body = body;
	const pathMatches = routes.filter(({ path }) => path.test(url.pathname));
	const route = pathMatches.find(({ method }) => method === request.method);
	if (!route) {
		const answer =
			pathMatches.length > 0 ? rejectByStatus(405, 'Method Not Allowed') : rejectByStatus(404, 'Not Found');
		return send(response, record, answer);
	}
	const { delay, fault } = world.faults.take({ on: route.on, ...subject(world, route, url, body) });
	if (delay > 0) await wait(delay);
	const replacement = replacementFor(response, fault, rejectionFor(route));
	if (replacement === 'dropped') return;
	if (replacement && !replacement.isAccepted) return sendText(response, replacement);
	const answer = answerTo(world, request, route, url, text, body, fault);
	if (replacement) return sendText(response, replacement);
	if (route.on === 'chat') return await sendChat(response, record, answer, fault);
	send(response, record, answer, fault);
}

/** The model and the task of a request, for faults that apply to them only. */
function subject(world: World, { on }: Route, url: URL, body: Json | undefined): { model?: string; taskId?: string } {
	if (on === 'create') return { model: modelOf(url.pathname, body) };
	if (on === 'chat') {
		const model = chatModelOf(url.pathname, body);
		return model === undefined ? {} : { model };
	}
	const taskId = subjectOf(Object.fromEntries(url.searchParams));
	if (on !== 'read' || taskId === undefined) return {};
	const model = url.pathname === path1080p ? path1080p : world.tasks.get(taskId)?.model;
	return { taskId, ...(model !== undefined && { model }) };
}

/** Market: the model. Others: the path, whatever their `model` says. */
const modelOf = (path: string, body: Json | undefined): string =>
	path.startsWith('/api/v1/jobs/') && isObject(body) && typeof body.model === 'string' ? body.model : path;

const rejectionFor = ({ on }: Route): ((code: number, msg?: string) => Answer) => (on === 'chat' ? rejectChat : reject);

const unauthorized =
	'Unauthorized – Authentication failed. Please check that your Authorization and Content-Type headers are correctly set.';

/** Checks key, content type and format of the body, then what the route checks. */
function answerTo(
	world: World,
	request: IncomingMessage,
	route: Route,
	url: URL,
	text: string,
	body: Json | undefined,
	fault: Fault | undefined,
): Answer {
	const account = keyOf(world, request);
	if (account === undefined) return route.on === 'chat' ? rejectChat(401, unauthorized) : reject(401);
	if (route.method === 'GET' && text !== '') return rejectByStatus(400, 'A GET request has no body');
	if (route.method === 'POST') {
		if (!isJson(request)) return rejectionFor(route)(401, unauthorized);
		if (!isObject(body)) return rejectByStatus(400, 'The body is not a JSON object');
	}
	return route.handle({
		world,
		account,
		path: url.pathname,
		parts: route.path.exec(url.pathname)?.slice(1) ?? [],
		query: url.searchParams,
		body: isObject(body) ? body : {},
		fault,
	});
}

async function takeUpload(
	world: World,
	request: IncomingMessage,
	response: ServerResponse,
	record: RecordedRequest,
): Promise<void> {
	const { delay, fault } = world.faults.take({ on: 'upload' });
	if (delay > 0) await wait(delay);
	if (fault?.kind === 'cut') {
		request.once('data', () => request.destroy());
		return;
	}
	const replacement = replacementFor(response, fault, (code, msg = messages[code] ?? 'Error') =>
		rejectUpload(code, msg),
	);
	if (replacement === 'dropped') return;
	if (replacement && !replacement.isAccepted) {
		await drain(request);
		return sendText(response, replacement);
	}
	const answer = await uploadAnswer(world, request, record);
	if (replacement) return sendText(response, replacement);
	send(response, record, answer, fault);
}

async function uploadAnswer(world: World, request: IncomingMessage, record: RecordedRequest): Promise<UploadAnswer> {
	if (request.method !== 'POST') {
		await drain(request);
		return { ...rejectUpload(405, 'Method Not Allowed'), status: 405 };
	}
	if (keyOf(world, request) === undefined) {
		await drain(request);
		return rejectUpload(401, 'Authentication failed: Invalid API Key');
	}
	if (record.path === '/api/file-stream-upload') return await streamUpload(world, request, record);
	const body = isJson(request) ? parse(await readText(request)) : undefined;
	await drain(request);
	if (!isObject(body)) return rejectUpload(400, 'The body is not a JSON object');
	if (record.path === '/api/file-base64-upload') return base64Upload(world, body, record);
	record.body = body;
	return await urlUpload(world, body);
}

/** The key of a request, if it is accepted. */
function keyOf(world: World, request: IncomingMessage): string | undefined {
	const key = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
	return key !== undefined && world.apiKeys.includes(key) ? key : undefined;
}

const isJson = (request: IncomingMessage): boolean =>
	/^application\/json\b/i.test(request.headers['content-type'] ?? '');

async function readText(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk);
	return Buffer.concat(chunks).toString('utf8');
}

async function drain(request: IncomingMessage): Promise<void> {
	if (request.readableEnded) return;
	request.resume();
	await new Promise((resolve) => request.once('end', resolve).once('close', resolve));
}
