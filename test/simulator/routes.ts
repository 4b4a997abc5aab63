import { credit, downloadUrl } from './account';
import type { Answer } from './answers';
import { listModels, modelPrice, modelSchema, modelSuccessRate } from './catalogue-live';
import { chatRoutes } from './chat';
import { dedicatedRoutes } from './dedicated';
import { createTask, recordInfo } from './market';
import type { Fault, FaultTarget, JsonObject, RecordedRequest } from './types';
import type { World } from './world';

/** A request to the API host, with a valid key and a parsed body. */
export interface Call {
	world: World;
	/** The key, which has its own limits. */
	account: string;
	path: string;
	/** The groups of the route's pattern. */
	parts: string[];
	query: URLSearchParams;
	body: JsonObject;
	fault: Fault | undefined;
}

/** The part of a call that decides what is created. */
export type CreateCall = Pick<Call, 'world' | 'body'>;

export interface Route {
	method: 'GET' | 'POST';
	path: RegExp;
	on: FaultTarget;
	handle: (call: Call) => Answer;
}

const live = (path: RegExp, handle: Route['handle']): Route => ({ method: 'GET', path, on: 'models', handle });

/** The API host. The slash in a model ID is not encoded. */
export const routes: Route[] = [
	{ method: 'POST', path: /^\/api\/v1\/jobs\/createTask$/, on: 'create', handle: createTask },
	{ method: 'GET', path: /^\/api\/v1\/jobs\/recordInfo$/, on: 'read', handle: recordInfo },
	...dedicatedRoutes,
	...chatRoutes,
	{ method: 'GET', path: /^\/api\/v1\/chat\/credit$/, on: 'credit', handle: credit },
	{ method: 'POST', path: /^\/api\/v1\/common\/download-url$/, on: 'download-url', handle: downloadUrl },
	live(/^\/api\/v1\/models$/, listModels),
	live(/^\/api\/v1\/models\/([\w.-]+(?:\/[\w.-]+)?)\/schema$/, modelSchema),
	live(/^\/api\/v1\/models\/([\w.-]+(?:\/[\w.-]+)?)\/price$/, modelPrice),
	live(/^\/api\/v1\/models\/([\w.-]+(?:\/[\w.-]+)?)\/success-rate$/, modelSuccessRate),
];

/** Whether a request went to one of the API's paths of this kind. */
export const isFor = (on: FaultTarget, { method, path }: RecordedRequest): boolean =>
	routes.some((route) => route.on === on && route.method === method && route.path.test(path));

/** The task or asset of a read. */
export const subjectOf = ({ taskId, task_id, assetId }: Record<string, string>): string | undefined =>
	taskId ?? task_id ?? assetId;
