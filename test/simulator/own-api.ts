import { type Answer, done, messages, reject, rejectForRate } from './answers';
import { isUrl } from './json';
import type { Call, Route } from './routes';
import { namesMissing, type NewTask, startTask } from './tasks';
import type { Fate, Json, JsonObject, SimTask, Milestone, TaskApi } from './types';
import type { Check } from './validate';
import type { World } from './world';

/** What the APIs with paths of their own have in common. */

/** How a task is created. */
export interface Creation {
	api: TaskApi;
	check: Check;
	credits: number;
	/** What the task remembers of others, in its `result`. */
	remembers?: (body: JsonObject, world: World) => JsonObject;
	/** The extensions of the result files. */
	results: (body: JsonObject) => string[];
	callbackBody: NewTask['callbackBody'];
	milestones?: Milestone[];
	/** The field with the URL of callbacks. Left out: `callBackUrl`. */
	callbackField?: string;
	/** The codes of refusals, where they are not 429 and 402. */
	codes?: { rateLimited: number; noCredits: number };
	/** Refuses what only the simulator's memory can tell; or answers without a new task. */
	override?: (call: Call) => Answer | undefined;
	/** How the task ends by itself, where the body can't work. */
	fate?: (body: JsonObject, world: World) => Fate | undefined;
	id?: () => string;
	/** The answer to a create. Left out: the task's id in Kie's envelope. */
	answer?: (id: string) => Answer;
}

/** POST of a new task: rate, body, callback URL, memory, credits, in this order. */
export const createRoute = (path: string, creation: Creation): Route => ({
	method: 'POST',
	path: exactly(path),
	on: 'create',
	handle: ({ world, account, body, fault, ...call }) => {
		const { codes = { rateLimited: 429, noCredits: 402 } } = creation;
		if (!world.creates.admits(account)) return reject(codes.rateLimited, messages[429]);
		const issue = creation.check(body);
		if (issue) return reject(422, issue.msg, issue.detail);
		const { [creation.callbackField ?? 'callBackUrl']: callBackUrl, ...input } = body;
		if (callBackUrl !== undefined && !isUrl(callBackUrl)) return reject(422, 'Invalid callBackUrl');
		const override = creation.override?.({ world, account, body, fault, ...call });
		if (override) return override;
		if (world.balance < creation.credits) return reject(codes.noCredits, messages[402]);
		const fate = creation.fate?.(body, world);
		const { id } = startTask(world, {
			api: creation.api,
			model: path,
			input,
			callBackUrl,
			credits: creation.credits,
			results: creation.results(body),
			...(typeof body.taskId === 'string' && { parent: body.taskId }),
			...(creation.id && { id: creation.id() }),
			...(fate && { fate }),
			result: () => creation.remembers?.(body, world) ?? {},
			...(creation.milestones && { milestones: creation.milestones }),
			fault,
			callbackBody: creation.callbackBody,
		});
		return creation.answer?.(id) ?? done({ taskId: id });
	},
});

/** How the record of a task is looked up. */
export interface RecordOptions {
	api: TaskApi;
	record: (task: SimTask, world: World) => JsonObject;
	/** The field that says how far the task is. Left out: `successFlag`. */
	state?: string;
	/** The parameter that has the task's id. Left out: `taskId`. */
	parameter?: string;
	/** The message for a task that the API has not, or the whole answer. */
	unknown?: string | (() => Answer);
	/** Whether one more read at this task is allowed now. */
	admits?: (call: Call, task: SimTask) => boolean;
	/** The answer with a record. Left out: Kie's envelope. */
	answer?: (record: JsonObject) => Answer;
}

/** GET of a task's record. */
export const recordRoute = (path: string, options: RecordOptions): Route => ({
	method: 'GET',
	path: exactly(path),
	on: 'read',
	handle: (call) => {
		const task = call.world.tasks.get(call.query.get(options.parameter ?? 'taskId') ?? '');
		if (task?.api !== options.api) {
			const { unknown = 'The record does not exist' } = options;
			return typeof unknown === 'string' ? reject(422, unknown) : unknown();
		}
		if (options.admits?.(call, task) === false) return rejectForRate();
		const record = options.record(task, call.world);
		const { fault } = call;
		const state = options.state ?? 'successFlag';
		if (fault?.kind === 'state') record[state] = fault.state;
		if (fault?.kind === 'chinese') record[state] = chinese(record[state]);
		return options.answer?.(record) ?? done(record);
	},
});

export const exactly = (path: string): RegExp => new RegExp(`^${path}$`);

/** Only the word for success is known; the others are made up. */
function chinese(stateWord: Json | undefined): Json {
	if (typeof stateWord !== 'string') return stateWord ?? null;
	return { SUCCESS: '成功', PENDING: '处理中' }[stateWord] ?? '失败';
}

/** Refuses where `taskId` is no finished task of this API. */
export const unfinishedParent =
	(api: TaskApi, msg = 'The record does not exist') =>
	({ world, body }: Call): Answer | undefined => {
		const parent = world.tasks.get(String(body.taskId));
		return parent?.api === api && parent.state === 'success' ? undefined : reject(422, msg);
	};

/** The APIs of video have 400 for a file that could not be fetched, where others have 451. */
export const unfetched = (body: JsonObject, world: World): Fate | undefined =>
	namesMissing(world, body) ? { end: 'fail', failCode: '400', failMsg: messages[451] ?? '' } : undefined;

/** How a task failed, where it did. */
export const failureOf = ({ state, fate }: SimTask): Extract<Fate, { end: 'fail' }> | undefined =>
	state === 'fail' && fate.end === 'fail' ? fate : undefined;

/** The code of a failure: a number where it is one. */
export function codeOf({ failCode }: { failCode: string }): string | number {
	return /^\d+$/.test(failCode) ? Number(failCode) : failCode;
}

/** 0 running, 1 done, and the failing flag that the fault asked for, or else the API's own. */
export const flagOf = (task: SimTask, failureFlag: number): number =>
	task.state === 'running' ? 0 : task.state === 'success' ? 1 : (failureOf(task)?.flag ?? failureFlag);

/** A result under the wrong type, or none, where a fault asks for it. */
export function result(task: SimTask, full: Json, empty: Json): Json {
	if (task.state !== 'success' || (task.fate.end === 'no-result' && task.fate.form === 'empty-string')) return null;
	if (task.fate.end === 'bad-result') return '{"resultUrls":["https://';
	if (task.fate.end === 'no-result') return task.fate.form === 'empty-object' ? {} : empty;
	return full;
}

/** What most records have in common; the times come in each API's own form. */
export function common(task: SimTask, time: (ms: number) => Json): JsonObject {
	const failure = failureOf(task);
	return {
		taskId: task.id,
		paramJson: JSON.stringify(task.input),
		completeTime: task.finishedAt === undefined ? null : time(task.finishedAt),
		createTime: time(task.createdAt),
		errorCode: failure ? codeOf(failure) : null,
		errorMessage: failure?.failMsg ?? '',
	};
}

/** 2025-06-06T10:30:00Z */
export const iso = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');

/** 2025-06-06 10:30:00 */
export const clock = (ms: number): string => iso(ms).replace('T', ' ').replace('Z', '');

/** The code and the message of a callback: those of the failure, or 200. */
export function outcome(task: SimTask, success = 'success'): { code: number; msg: string } {
	if (task.fate.end !== 'fail') return { code: 200, msg: success };
	return { code: Number(task.fate.failCode) || 500, msg: task.fate.failMsg || (messages[500] ?? '') };
}
