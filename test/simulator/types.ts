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

/** A model of the market as the simulator serves it: `output` is the kind of file that a task makes. */
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
	/** The keys that are let in; if not set: one key, `Simulator.apiKey`. */
	apiKeys?: string[];
	/** How long a task runs. Default: 1. */
	taskSeconds?: number | ((model: string, input: JsonObject) => number);
	/** New tasks allowed in a sliding window for each key. Default: Kie's 20 in 10 s. */
	rate?: { limit: number; seconds: number } | false;
	/**
	 * Whether reads (10 a second a task, 4o Image and Suno 3) and the live catalogue (1 a second) are limited. Default: yes.
	 * `key`: reads of the market's records by the key, as an older page of Kie's says.
	 */
	readRates?: boolean | 'key';
	/** Signs callbacks with this key, as Kie does once a webhook key is made. */
	hmacKey?: string;
	/** Balance at the start. Default: 1000. */
	credits?: number;
	/** Result files get this size: a real file first, then filler made on the fly. */
	resultBytes?: number;
	/** Whether fields that the model's schema does not list are refused. Default: true. */
	strict?: boolean;
	/**
	 * Whether a task fails when a URL on the simulator's own host in its input does not exist; of Suno also when the
	 * host ends with .invalid. Default: true.
	 */
	checkMedia?: boolean;
	/** Waits before the repeats of a callback that was not answered with 200, in ms. Default: 100, 200, 400. */
	callbackDelays?: number[];
	/** How long a callback waits for its answer, in ms. Default: Kie's 15 s. */
	callbackTimeout?: number;
	/** The models that are served. Default: the catalogue and some that only the live catalogue knows. */
	models?: ServedModel[];
}

export interface RecordedRequest {
	method: string;
	path: string;
	query: Record<string, string>;
	headers: IncomingHttpHeaders;
	/** JSON: parsed (base64 data cut short); upload: fields, file name, size and hash; otherwise null. */
	body: Json;
	/** Unix time in ms. */
	at: number;
	/** Why it was refused, in more words than Kie's message. */
	rejection?: string;
	/** A bearer key was sent to a place that needs none, such as a result file. */
	keyLeaked?: true;
}

export type TaskApi =
	| 'market'
	| 'gpt4o-image'
	| 'flux-kontext'
	| 'midjourney'
	| 'veo'
	/** The work behind GET get-1080p-video: it has no task id at Kie, and so none that its APIs know. */
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

/** How a task ends; decided when it is created. */
export type Fate =
	| { end: 'success' }
	| { end: 'fail'; failCode: string; failMsg: string; flag?: number; state?: string }
	/** Done, but the callback failed: Luma has a flag for it, Suno a word, the others are done. */
	| { end: 'callback-failed' }
	/** `lateMs`: the result comes so long after the end. */
	| { end: 'no-result'; form: 'empty-string' | 'empty-object' | 'empty-urls'; lateMs?: number }
	| { end: 'bad-result' }
	| { end: 'never' };

export interface Delivery {
	at: number;
	headers: Record<string, string>;
	body: JsonObject;
	/** HTTP status of the answer; absent when there was none. */
	status?: number;
	error?: string;
}

/** What a task has before its end. */
export interface Milestone {
	name: string;
	/** When it comes, as a share of the task's time. */
	at: number;
	/** How many of the files are there. */
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
	/** What the task is charged; given back when it fails. */
	credits: number;
	state: 'running' | 'success' | 'fail';
	finishedAt?: number;
	/** Addresses of the result files; made with the task, shown at its end. */
	urls: string[];
	/** The last stage that the task has passed on its way; its files are there already. */
	milestone?: Milestone;
	/** Market: what `resultJson` says once the task is done. Suno: what it keeps of the tasks before it. Others: nothing. */
	result: JsonObject;
	/** What was posted to `callBackUrl`, repeats included. */
	deliveries: Delivery[];
	/** The fault that its create has met. */
	createFault?: Fault['kind'];
}

export interface UploadedFile {
	fileName: string;
	/** Path in the store; the file is at `<url>/files/<filePath>`. */
	filePath: string;
	downloadUrl: string;
	fileSize: number;
	mimeType: string;
	/** Unix time in ms; a day later the file is gone. */
	uploadedAt: number;
	sha256: string;
	/** Only kept for small files. */
	bytes?: Buffer;
}

export type FaultTarget = 'create' | 'read' | 'upload' | 'download' | 'credit' | 'models' | 'download-url' | 'chat';

/** What goes wrong. Where `taken` is not named, a create is taken by the faults that spoil the answer and by no other. */
export type FaultKind =
	/** The connection ends before the request is taken. */
	| { kind: 'drop-before' }
	/** The request is taken, then the connection ends without an answer. */
	| { kind: 'drop-after' }
	/** HTTP status with Kie's envelope. */
	| { kind: 'status'; status: number; accepted?: boolean }
	/** HTTP 200 with this code in the body; `msg` if not set: the one that Kie uses. */
	| { kind: 'code'; code: number; msg?: string; accepted?: boolean }
	/** An HTML page, with status 200 when not said otherwise. */
	| { kind: 'html'; status?: number; accepted?: boolean }
	/** The first half of the right JSON. */
	| { kind: 'cut-json' }
	| { kind: 'empty' }
	/** The JSON word null. */
	| { kind: 'null' }
	/** The right answer with `data: null`. */
	| { kind: 'data-null' }
	/** The right answer without `data.taskId`. */
	| { kind: 'no-task-id' }
	/** 422 "recordInfo is null", as right after creation. */
	| { kind: 'record-null' }
	/** The state of the record is this word or number, in the field that the API has for it. */
	| { kind: 'state'; state: string | number }
	/** The word of the record's state is Chinese, as Kie's once was. */
	| { kind: 'chinese' }
	/** The answer comes late; another fault may add to it. */
	| { kind: 'slow'; ms: number }
	/** Upload: the connection ends in the middle of the body. Download: in the middle of the file. Chat: of the answer. */
	| { kind: 'cut' }
	/** Download: one byte of the file every so often, and never all of it. */
	| { kind: 'trickle'; ms: number }
	/** Download: a redirect to this URL. */
	| { kind: 'redirect'; to: string }
	/** Create: the first result has this URL, which may be relative to its own; one of the same task's files is there. */
	| { kind: 'result-url'; url: string }
	/** Download: so many bytes instead of the file, compressed to a fraction of them and without a length. */
	| { kind: 'bomb'; bytes: number }
	/** The right answer under another content type; null: none. */
	| { kind: 'content-type'; value: string | null }
	/** Create: the task ends in failure; `flag` is the `successFlag`, `state` the word, where an API has more than one. */
	| { kind: 'fail'; failCode?: string; failMsg?: string; flag?: number; state?: string }
	/** Create: the task ends in success, but Luma has `successFlag` 4 for it, and Suno CALLBACK_EXCEPTION. */
	| { kind: 'callback-failed' }
	/** Create: the task ends in success without a result, which may come `lateMs` later; where there is no task, the answer has none. */
	| { kind: 'no-result'; form?: 'empty-string' | 'empty-object' | 'empty-urls'; lateMs?: number }
	/** Create: the task ends in success with a result that is no JSON (dedicated APIs: of the wrong type). */
	| { kind: 'bad-result' }
	/** Create, Suno on the market: the answer has the result, and no task's id. */
	| { kind: 'at-once' }
	/** Create: the task runs for ever; so does the 1080p of a video where `on` is 'read' and `model` the path. */
	| { kind: 'never' }
	/** Chat: this HTTP status with `{ error: { message, type } }`. */
	| { kind: 'error-object'; status: number; message?: string; accepted?: boolean }
	/** Chat: a good answer without a word and without tokens. */
	| { kind: 'no-answer' }
	/** Chat: the answer is cut off in the middle, and says so. */
	| { kind: 'length' }
	/** Chat: the plain answer where a stream was asked for. The kinds below are for streams only. */
	| { kind: 'whole' }
	/** The stream ends well in the middle, or before its last word ([DONE], message_stop); Gemini's: before the last piece. */
	| { kind: 'no-end'; at?: 'middle' | 'last' }
	/** An error event in the middle, in the protocol's form or in Kie's; then the stream ends. */
	| { kind: 'stream-error'; form?: 'protocol' | 'kie'; code?: number; msg?: string }
	/** The whole stream comes at once, so long after its head. */
	| { kind: 'lump'; ms?: number }
	/** The stream's network chunks end inside events, lines and characters. */
	| { kind: 'split' }
	/** So long between the events of a stream. */
	| { kind: 'slow-stream'; ms: number };

/** A fault, for the next `times` requests (default 1) that fit. */
export type Fault = FaultKind & {
	on: FaultTarget;
	times?: number | 'always';
	/** Lets so many fitting requests pass first. */
	skip?: number;
	/** The model of the market or the chat, or the path of the request (records: of the task's own request). */
	model?: string;
	taskId?: string;
};

export interface Simulator {
	/** Address of the API, without a slash at the end. */
	url: string;
	/** URL of the upload API, without a slash at the end. */
	uploadUrl: string;
	apiKey: string;
	requests: RecordedRequest[];
	tasks: Map<string, SimTask>;
	uploads: UploadedFile[];
	/** Credits left. */
	credits(): number;
	/** The requests that ask for something new, the refused ones included. */
	creates(): RecordedRequest[];
	/** The requests to models that chat, the refused ones included. */
	chats(): RecordedRequest[];
	/** The look-ups of a task, or of all; those of a video in 1080p are among them. */
	reads(taskId?: string): RecordedRequest[];
	inject(...faults: Fault[]): void;
	/** The faults that have not met all of their requests yet. */
	pendingFaults(): Fault[];
	clearFaults(): void;
	/** Forgets requests, tasks, uploads, faults and rate windows; the balance is as at the start. */
	reset(): void;
	close(): Promise<void>;
}
