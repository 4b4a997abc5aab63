import { type Answer, done, messages, reject, rejectForRate } from './answers';
import { isUrl } from './json';
import type { Call, Route } from './routes';
import { namesMissing, type NewTask, startTask } from './tasks';
import type { Fate, Json, JsonObject, SimTask, Milestone, TaskApi } from './types';
import type { Check } from './validate';
import type { World } from './world';

/** What the APIs with their own paths have in common. */

/** How a task is created. */
export interface Creation {
	api: TaskApi;
	check: Check;
	credits: number;
	/** What the task stores about other tasks, in its `result`. */
	remembers?: (body: JsonObject, world: World) => JsonObject;
	/** The extensions of the result files. */
	results: (body: JsonObject) => string[];
	callbackBody: NewTask['callbackBody'];
	milestones?: Milestone[];
	/** The field with the URL of callbacks. Default: `callBackUrl`. */
	callbackField?: string;
	/** The codes of rejections, if they are not 429 and 402. */
	codes?: { rateLimited: number; noCredits: number };
	/** Rejects a create by earlier tasks, or responds without a new task. */
	override?: (call: Call) => Answer | undefined;
	/** The outcome of the task if the body cannot work. */
	fate?: (body: JsonObject, world: World) => Fate | undefined;
	id?: () => string;
	/** The response to a create. Default: the task's ID in Kie's envelope. */
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

/** How the record of a task is read. */
export interface RecordOptions {
	api: TaskApi;
	record: (task: SimTask, world: World) => JsonObject;
	/** The field with the state of the task. Default: `successFlag`. */
	state?: string;
	/** The parameter with the task's ID. Default: `taskId`. */
	parameter?: string;
	/** The message for an unknown task, or the full response. */
	unknown?: string | (() => Answer);
	/** Whether another read of this task is allowed now. */
	admits?: (call: Call, task: SimTask) => boolean;
	/** The response with a record. Default: Kie's envelope. */
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

/** Only the word for success is known; the others are invented. */
function chinese(stateWord: Json | undefined): Json {
	if (typeof stateWord !== 'string') return stateWord ?? null;
	return { SUCCESS: '成功', PENDING: '处理中' }[stateWord] ?? '失败';
}

/** Rejects a create unless `taskId` is a completed task of this API. */
export const unfinishedParent =
	(api: TaskApi, msg = 'The record does not exist') =>
	({ world, body }: Call): Answer | undefined => {
		const parent = world.tasks.get(String(body.taskId));
		return parent?.api === api && parent.state === 'success' ? undefined : reject(422, msg);
	};

/** Video APIs have 400 for a file that could not be fetched, others 451. */
export const unfetched = (body: JsonObject, world: World): Fate | undefined =>
	namesMissing(world, body) ? { end: 'fail', failCode: '400', failMsg: messages[451] ?? '' } : undefined;

/** How a task failed, if it did. */
export const failureOf = ({ state, fate }: SimTask): Extract<Fate, { end: 'fail' }> | undefined =>
	state === 'fail' && fate.end === 'fail' ? fate : undefined;

/** The code of a failure, as a number if possible. */
export function codeOf({ failCode }: { failCode: string }): string | number {
	return /^\d+$/.test(failCode) ? Number(failCode) : failCode;
}

/** 0: running, 1: completed, otherwise the failure flag of the fault or of the API. */
export const flagOf = (task: SimTask, failureFlag: number): number =>
	task.state === 'running' ? 0 : task.state === 'success' ? 1 : (failureOf(task)?.flag ?? failureFlag);

/** The result, or one of the wrong type or none for a fault. */
export function result(task: SimTask, full: Json, empty: Json): Json {
	if (task.state !== 'success' || (task.fate.end === 'no-result' && task.fate.form === 'empty-string')) return null;
	if (task.fate.end === 'bad-result') return '{"resultUrls":["https://';
	if (task.fate.end === 'no-result') return task.fate.form === 'empty-object' ? {} : empty;
	return full;
}

/** What most records have in common; the times have each API's own format. */
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
