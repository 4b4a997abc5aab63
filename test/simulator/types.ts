import type { IncomingHttpHeaders } from 'node:http';
import type { Json, JsonObject } from '../../nodes/shared/json';
import type { Model, Schema as CatalogueSchema } from '../../nodes/shared/catalogue/types';

export type { Json, JsonObject, Model };

/** JSON Schema as the bodies of the simulator use it, with more keywords than the catalogue needs. */
export interface Schema extends Omit<CatalogueSchema, 'items' | 'properties' | 'anyOf' | 'oneOf' | 'not'> {
	const?: Json;
	items?: Schema;
	properties?: Record<string, Schema>;
	allOf?: Schema[];
	anyOf?: Schema[];
	oneOf?: Schema[];
	not?: Schema;
}

export interface InputSchema {
	required?: string[];
	properties: Record<string, Schema>;
	oneOf?: Schema[];
	anyOf?: Schema[];
}

/** A model of the market as the simulator serves it: `output` is the kind of file that a task generates. */
export interface ServedModel {
	output: 'image' | 'video' | 'audio' | 'music';
	model: Model;
	/** Served by the live catalogue with `openapi: null`. */
	withoutPage?: boolean;
}

export interface SimulatorOptions {
	/** Port of the API; the uploads have the next one. 0 (default): any free ports. */
	port?: number;
	host?: string;
	/** The accepted keys; if not set: one key, `Simulator.apiKey`. */
	apiKeys?: string[];
	/** How long a task runs. Default: 1. */
	taskSeconds?: number | ((model: string, input: JsonObject) => number);
	/** New tasks allowed in a sliding window for each key. Default: Kie's 20 in 10 s. */
	rate?: { limit: number; seconds: number } | false;
	/**
	 * Whether reads (10 a second a task, 4o Image and Suno 3) and the live catalogue (1 a second) are limited. Default: yes.
	 * `key`: reads of the market's records are limited per key, as an older page of Kie's says.
	 */
	readRates?: boolean | 'key';
	/** Signs callbacks with this key, as Kie does once a webhook key exists. */
	hmacKey?: string;
	/** Balance at the start. Default: 1000. */
	credits?: number;
	/** Result files have this size: a real file, then filler generated on the fly. */
	resultBytes?: number;
	/** Whether fields that the model's schema does not list are rejected. Default: true. */
	strict?: boolean;
	/**
	 * Whether a task fails when a URL on the simulator's own host in its input does not exist; of Suno also when the
	 * host ends with .invalid. Default: true.
	 */
	checkMedia?: boolean;
	/** Delays before the repeats of a callback that did not get 200, in ms. Default: 100, 200, 400. */
	callbackDelays?: number[];
	/** How long a callback waits for its response, in ms. Default: Kie's 15 s. */
	callbackTimeout?: number;
	/** The models that are served. Default: the catalogue and some that only the live catalogue knows. */
	models?: ServedModel[];
}

export interface RecordedRequest {
	method: string;
	path: string;
	query: Record<string, string>;
	headers: IncomingHttpHeaders;
	/** JSON: parsed (Base64 data shortened); upload: fields, file name, size and hash; otherwise null. */
	body: Json;
	/** Unix time in ms. */
	at: number;
	/** Why it was rejected, in more detail than Kie's message. */
	rejection?: string;
	/** Whether a key was sent to a path that needs none, such as a result file. */
	keyLeaked?: true;
}

export type TaskApi =
	| 'market'
	| 'gpt4o-image'
	| 'flux-kontext'
	| 'midjourney'
	| 'veo'
	/** The upgrade of GET get-1080p-video: it has no task ID at Kie. */
	| 'veo-1080p'
	| 'runway'
	| 'aleph'
	| 'luma'
	| 'seedance-asset'
	| 'suno-song'
	| 'suno-lyrics'
	| 'suno-wav'
	| 'suno-stems'
	| 'suno-midi'
	| 'suno-video'
	| 'suno-cover'
	| 'suno-recovery'
	| 'suno-phrase'
	| 'suno-voice';

/** The outcome of a task, decided when it is created. */
export type Fate =
	| { end: 'success' }
	/** `charged`: its credits are not refunded. */
	| { end: 'fail'; failCode: string; failMsg: string; flag?: number; state?: string; charged?: boolean }
	/** A success whose callback failed: Luma has a flag for it, Suno a state; for others it is a success. */
	| { end: 'callback-failed' }
	/** `lateMs`: how much later the result arrives. */
	| { end: 'no-result'; form: 'empty-string' | 'empty-object' | 'empty-urls'; lateMs?: number }
	| { end: 'bad-result' }
	| { end: 'never' };

export interface Delivery {
	at: number;
	headers: Record<string, string>;
	body: JsonObject;
	/** HTTP status of the response; not set if there was none. */
	status?: number;
	error?: string;
}

/** What a task reaches before it completes. */
export interface Milestone {
	name: string;
	/** When it is reached, as a share of the task's duration. */
	at: number;
	/** How many of the files exist then. */
	files: number;
	/** What is posted to `callBackUrl`; if not set: nothing. */
	callbackBody?: (task: SimTask) => JsonObject;
}

export interface SimTask {
	id: string;
	api: TaskApi;
	/** Market: the model's id. Others: the path of the request. */
	model: string;
	/** Market: `input`. Others: the body. */
	input: JsonObject;
	callBackUrl?: string;
	/** The task that this one continues from. */
	parent?: string;
	createdAt: number;
	seconds: number;
	fate: Fate;
	/** What the task is charged; refunded if it fails. */
	credits: number;
	state: 'running' | 'success' | 'fail';
	finishedAt?: number;
	/** URLs of the result files; set with the task, shown once it completes. */
	urls: string[];
	/** The last milestone that the task has reached; its files exist already. */
	milestone?: Milestone;
	/** Market: `resultJson` of the completed task. Suno: what it keeps of earlier tasks. Others: nothing. */
	result: JsonObject;
	/** What was posted to `callBackUrl`, repeats included. */
	deliveries: Delivery[];
	/** The fault of its create. */
	createFault?: Fault['kind'];
}

export interface UploadedFile {
	fileName: string;
	/** Path in the store; the file is at `<url>/files/<filePath>`. */
	filePath: string;
	downloadUrl: string;
	fileSize: number;
	mimeType: string;
	/** Unix time in ms; the file is deleted a day later. */
	uploadedAt: number;
	sha256: string;
	/** Only kept for small files. */
	bytes?: Buffer;
}

export type FaultTarget = 'create' | 'read' | 'upload' | 'download' | 'credit' | 'models' | 'download-url' | 'chat';

/** A fault. Without `accepted`, a create is accepted only if the fault damages the response. */
export type FaultKind =
	/** The connection is closed before the request is accepted. */
	| { kind: 'drop-before' }
	/** The request is accepted, then the connection is closed without a response. */
	| { kind: 'drop-after' }
	/** HTTP status with Kie's envelope. */
	| { kind: 'status'; status: number; accepted?: boolean }
	/** HTTP 200 with this code in the body. `msg` defaults to Kie's message. */
	| { kind: 'code'; code: number; msg?: string; accepted?: boolean }
	/** An HTML page, by default with status 200. */
	| { kind: 'html'; status?: number; accepted?: boolean }
	/** The first half of the correct JSON. */
	| { kind: 'cut-json' }
	| { kind: 'empty' }
	/** The JSON word null. */
	| { kind: 'null' }
	/** The correct response with `data: null`. */
	| { kind: 'data-null' }
	/** The correct response without `data.taskId`. */
	| { kind: 'no-task-id' }
	/** 422 "recordInfo is null", as right after creation. */
	| { kind: 'record-null' }
	/** The record has this state, in the field of its API. */
	| { kind: 'state'; state: string | number }
	/** The record has its state in Chinese, as Kie's once had. */
	| { kind: 'chinese' }
	/** The response is delayed; another fault can be combined with it. */
	| { kind: 'slow'; ms: number }
	/** The connection is closed in the middle of the body (upload), the file (download) or the reply (chat). */
	| { kind: 'cut' }
	/** Download: one byte per interval, and never the complete file. */
	| { kind: 'trickle'; ms: number }
	/** Download: a redirect to this URL. */
	| { kind: 'redirect'; to: string }
	/** Create: the first result has this URL, which can be relative to its own. */
	| { kind: 'result-url'; url: string }
	/** Download: this many bytes instead of the file, compressed and without a length. */
	| { kind: 'bomb'; bytes: number }
	/** The correct response with another content type; null: none. */
	| { kind: 'content-type'; value: string | null }
	/** Create: the task fails; `flag` is the `successFlag`, `state` the word, if an API has several; `charged`: without a refund. */
	| { kind: 'fail'; failCode?: string; failMsg?: string; flag?: number; state?: string; charged?: boolean }
	/** Create: the task succeeds, but Luma has `successFlag` 4 for it, and Suno CALLBACK_EXCEPTION. */
	| { kind: 'callback-failed' }
	/** Create: the task succeeds without a result, which may arrive `lateMs` later; without a task, the response has none. */
	| { kind: 'no-result'; form?: 'empty-string' | 'empty-object' | 'empty-urls'; lateMs?: number }
	/** Create: the task succeeds with a result that is not JSON (dedicated APIs: of the wrong type). */
	| { kind: 'bad-result' }
	/** Create, Suno on the market: the response has the result, and no task ID. */
	| { kind: 'at-once' }
	/** Create: the task never completes; with `on: 'read'` and the path as `model`, nor does a 1080p version. */
	| { kind: 'never' }
	/** Chat: this HTTP status with `{ error: { message, type } }`. */
	| { kind: 'error-object'; status: number; message?: string; accepted?: boolean }
	/** Chat: a valid response without text and tokens. */
	| { kind: 'no-answer' }
	/** Chat: the reply is truncated, with that finish reason. */
	| { kind: 'length' }
	/** Chat: a plain response instead of a stream. The kinds below are for streams only. */
	| { kind: 'whole' }
	/** The stream completes in the middle, or before its end mark ([DONE], message_stop); Gemini's before its last chunk. */
	| { kind: 'no-end'; at?: 'middle' | 'last' }
	/** An error event in the middle, in the protocol's format or in Kie's; then the stream completes. */
	| { kind: 'stream-error'; form?: 'protocol' | 'kie'; code?: number; msg?: string }
	/** The whole stream arrives in one chunk, this long after its headers. */
	| { kind: 'lump'; ms?: number }
	/** The stream's network chunks end inside events, lines and characters. */
	| { kind: 'split' }
	/** The delay between the events of a stream. */
	| { kind: 'slow-stream'; ms: number };

/** A fault, for the next `times` matching requests (default 1). */
export type Fault = FaultKind & {
	on: FaultTarget;
	times?: number | 'always';
	/** How many matching requests are not affected first. */
	skip?: number;
	/** The model of the market or the chat, or the path of the request (records: of the task's own request). */
	model?: string;
	taskId?: string;
};

export interface Simulator {
	/** URL of the API, without a trailing slash. */
	url: string;
	/** URL of the upload API, without a trailing slash. */
	uploadUrl: string;
	apiKey: string;
	requests: RecordedRequest[];
	tasks: Map<string, SimTask>;
	uploads: UploadedFile[];
	/** Credits left. */
	credits(): number;
	/** The requests that create something, including rejected ones. */
	creates(): RecordedRequest[];
	/** The requests to chat models, including rejected ones. */
	chats(): RecordedRequest[];
	/** The reads of a task, or of all, including those of a 1080p version. */
	reads(taskId?: string): RecordedRequest[];
	inject(...faults: Fault[]): void;
	/** The faults that have not been injected into all of their requests yet. */
	pendingFaults(): Fault[];
	clearFaults(): void;
	/** Forgets requests, tasks, uploads, faults and rate windows; the balance is as at the start. */
	reset(): void;
	close(): Promise<void>;
}
