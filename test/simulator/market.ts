import { type Answer, done, reject, rejectForRate } from './answers';
import { isUrl, isObject } from './json';
import type { Call } from './routes';
import { parentFate } from './market-parents';
import { resultOf } from './market-results';
import { sunoOperations, type SunoMarketOperation, rejectSuno } from './suno-market';
import { namesMissing, startTask } from './tasks';
import type { JsonObject, SimTask } from './types';

const bodyFields = ['model', 'input', 'callBackUrl'];
/** Only on the pages of Sora 2. */
const soraField = 'progressCallBackUrl';

/** POST /api/v1/jobs/createTask */
export function createTask(call: Call): Answer {
	const { world, account, body, fault } = call;
	if (!world.creates.admits(account)) return rejectForRate();
	const { model: id, input, callBackUrl } = body;
	if (id === undefined || id === '') return reject(422, undefined, 'model is missing');
	if (typeof id !== 'string') return reject(422, 'Invalid model');
	const served = world.models.get(id);
	if (!served) return reject(422, 'The model is not supported', `model ${id}`);
	if (input === undefined) return reject(422, undefined, 'input is missing');
	if (!isObject(input)) return reject(422, 'Invalid input');
	const isBodyField = (field: string): boolean =>
		bodyFields.includes(field) || (field === soraField && id.startsWith('sora-2'));
	const unknown = Object.keys(body).find((field) => !isBodyField(field));
	if (world.strict && unknown !== undefined) return reject(422, `Unknown field ${unknown}`);
	if (callBackUrl !== undefined && !isUrl(callBackUrl)) return reject(422, 'Invalid callBackUrl');
	const issue = served.check(input);
	if (issue) return reject(422, issue.msg, issue.detail);

	// Observed live: this model reads the file during the create.
	if (id === 'elevenlabs/speech-to-text' && namesMissing(world, input)) return reject(500);
	const suno = sunoOperations[id];
	if (suno) return createSuno(suno, { id, input, callBackUrl }, call);
	const { files, result } = resultOf(served, input);
	const credits = served.output === 'image' ? files.length * priceOf.image : priceOf[served.output];
	if (world.balance <= 0 || world.balance < credits) return reject(402);
	const fate = parentFate(world, id, input);
	const task = startTask(world, {
		api: 'market',
		model: id,
		input,
		callBackUrl,
		credits,
		results: files,
		result,
		...(fate && { fate }),
		fault,
		callbackBody: marketCallback,
	});
	return done({ taskId: task.id, recordId: task.id });
}

/** A task of Suno: what its own paths reject is rejected here, too; some operations can return their result immediately. */
function createSuno(
	operation: SunoMarketOperation,
	{ id, input, callBackUrl }: { id: string; input: JsonObject; callBackUrl: string | undefined },
	{ world, fault }: Call,
): Answer {
	const rejection = rejectSuno(id, input) ?? operation.override?.({ world, body: input });
	if (rejection) return rejection;
	if (world.balance < operation.credits) return reject(402);
	const immediate = operation.immediate?.(world, input);
	if (immediate && 'rejection' in immediate) return immediate.rejection;
	if (immediate && fault?.kind === 'at-once') {
		world.balance -= operation.credits;
		return done(immediate.data);
	}
	const fate = operation.fate?.(input, world);
	const task = startTask(world, {
		api: 'market',
		model: id,
		input,
		callBackUrl,
		credits: operation.credits,
		results: operation.files?.(input) ?? [],
		result: (urls, taskId) => immediate?.data ?? operation.result?.({ input, urls, id: taskId, world }) ?? {},
		...(fate && { fate }),
		...(operation.milestones && { milestones: operation.milestones }),
		fault,
		callbackBody: operation.callbackBody ?? marketCallback,
	});
	return done({ taskId: task.id, recordId: task.id });
}

/** GET /api/v1/jobs/recordInfo */
export function recordInfo({ world, account, query, fault }: Call): Answer {
	const taskId = query.get('taskId');
	if (!taskId) return reject(400, 'taskId is required');
	if (!world.marketReads.admits(world.options.readRates === 'key' ? account : taskId)) return rejectForRate();
	const task = world.tasks.get(taskId);
	if (task?.api !== 'market') return reject(422, 'recordInfo is null');
	const record = marketRecord(task);
	return done(fault?.kind === 'state' ? { ...record, state: fault.state } : record);
}

/** The record of a task as `recordInfo` shows it. `costTime` is in seconds, as in live responses. */
export function marketRecord(task: SimTask): JsonObject {
	const param = { input: JSON.stringify(task.input), ...callback(task), model: task.model };
	const failure = task.state === 'fail' && task.fate.end === 'fail' ? task.fate : undefined;
	return {
		taskId: task.id,
		model: task.model,
		state: stateWord(task),
		param: JSON.stringify(param),
		resultJson: resultJson(task),
		failCode: failure?.failCode ?? null,
		failMsg: failure?.failMsg ?? null,
		costTime:
			task.finishedAt === undefined ? null : failure ? 0 : Math.round((task.finishedAt - task.createdAt) / 1000),
		completeTime: task.finishedAt ?? null,
		createTime: task.createdAt,
		...(task.state === 'success' && { creditsConsumed: task.credits }),
		...(task.model.startsWith('sora-2') && { progress: progressOf(task) }),
		...(task.model.startsWith('google/gemini-3-8-') && parsedResult(task)),
	};
}

/** The callback of a completed task: its record, with the request encoded once. */
export function marketCallback(task: SimTask): JsonObject {
	const succeeded = task.state === 'success';
	const param = { model: task.model, ...callback(task), input: task.input };
	return {
		code: succeeded ? 200 : 501,
		msg: succeeded ? 'Playground task completed successfully.' : 'Playground task failed.',
		data: { ...marketRecord(task), param: JSON.stringify(param), updateTime: task.finishedAt ?? null },
	};
}

/** In credits per task; per image for image models. */
const priceOf = { image: 4, video: 20, audio: 2.5, music: 12 };

const callback = (task: SimTask): JsonObject =>
	task.callBackUrl === undefined ? {} : { callBackUrl: task.callBackUrl };

/** Most tasks stay `waiting` until they complete; GPT Image was observed as `generating`. */
function stateWord(task: SimTask): string {
	if (task.state !== 'running') return task.state;
	const generating = task.model.startsWith('gpt-image') && Date.now() - task.createdAt > task.seconds * 300;
	return generating ? 'generating' : 'waiting';
}

function resultJson(task: SimTask): string | null {
	if (task.state === 'fail') return null;
	if (task.state === 'running') return '';
	if (task.fate.end === 'bad-result') return '{"resultUrls":["https://';
	if (task.fate.end === 'no-result') {
		return { 'empty-string': '', 'empty-object': '{}', 'empty-urls': '{"resultUrls":[]}' }[task.fate.form];
	}
	return JSON.stringify(task.result);
}

/** Only the Sora 2 models report their progress, in percent. */
const progressOf = (task: SimTask): number =>
	task.state === 'success' ? 100 : Math.min(99, Math.floor((Date.now() - task.createdAt) / (task.seconds * 10 || 1)));

/** Additional fields that were observed with the newest speech models. */
function parsedResult(task: SimTask): JsonObject {
	const response = task.state === 'success' && task.fate.end === 'success' ? task.result : null;
	return { successFlag: { running: 0, success: 1, fail: 3 }[task.state], response };
}
