import { asId, asNumber, asText, isObject, parseObject } from '../json';
import type { JsonObject } from '../json';
import type { ApiName } from '../adapters';
import type { Milestone } from '../adapters/adapter';
import { adapters } from '../adapters';
import type { TaskStatus } from '../adapters/taskStatus';
import type { IdField, Posted } from './callbackShapes';
import { ID_FIELDS, isGoodCode, SHAPES } from './callbackShapes';

/** What a callback tells of its task; `progress`: it goes on. */
export type CallbackEvent = 'success' | 'failure' | 'progress';

type EarlyStage = Exclude<Milestone, 'all'>;

/** A task as a callback, or its record, tells of it. */
export interface CallbackTask {
	api: ApiName;
	/** The model that is named, or else the API's name. */
	model: string;
	event: CallbackEvent;
	/** How far a song is of which a callback tells before its end. */
	stage?: EarlyStage;
	/** How far the task is otherwise, where Kie says so; several callbacks of one task differ in it. */
	progress?: number;
	snapshot: TaskStatus;
}

/** What a posted body says. */
export interface Callback extends CallbackTask {
	taskId: string;
	/** The APIs that it may be of, the likeliest first. */
	apis: ApiName[];
}

/** IDs are hexadecimal, UUIDs or `task_…`; what is longer or has spaces is none. */
const ID = /^\S{1,200}$/;

/** Suno's words for callbacks before the end. */
const STAGES: Record<string, EarlyStage> = { text: 'text', first: 'first' };

/** The states of a song's record that has not come to a stage. The market's records do not say how far a song is. */
const STATES_BEFORE: Record<EarlyStage, string[]> = { text: ['PENDING'], first: ['PENDING', 'TEXT_SUCCESS'] };

function findId(body: JsonObject, data: JsonObject): { taskId: string; idField: IdField } | undefined {
	const at: Record<IdField, unknown> = {
		'data.taskId': data.taskId,
		'data.task_id': data.task_id,
		taskId: body.taskId,
		task_id: body.task_id,
	};
	for (const idField of ID_FIELDS) {
		const taskId = asId(at[idField]);
		if (taskId !== undefined && ID.test(taskId)) return { taskId, idField };
	}
	return undefined;
}

/** Reads a body that was posted as a callback, in whichever of Kie's shapes; undefined: it names no task. */
export function parseCallback(body: JsonObject): Callback | undefined {
	const data = isObject(body.data) ? body.data : {};
	const found = findId(body, data);
	if (!found) return undefined;
	const posted: Posted = {
		body,
		data,
		idField: found.idField,
		isGood: isGoodCode(body.code),
		code: asNumber(body.code),
		reason: asText(body.msg) ?? '',
	};
	const shape = SHAPES.find(({ fits }) => fits(posted));
	const apis = shape?.apis(posted) ?? [];
	const [api = 'market'] = apis;
	const stage = posted.isGood ? STAGES[asText(data.callbackType) ?? ''] : undefined;
	const told = parseTask(shape?.isPlain ? 'market' : api, shape?.record(posted) ?? {}, stage);
	return { taskId: found.taskId, apis, ...told, ...(shape?.isPlain ? { api, model: api } : {}) };
}

/** What a record says of its task. `stage`: how far a callback said that the task is. */
export function parseTask(readAs: ApiName, record: JsonObject, stage?: EarlyStage): CallbackTask {
	const model = modelOf(record);
	const api = readAs === 'market' && model?.startsWith('ai-music-api/') ? 'suno-market' : readAs;
	const whole = adapters[api].parseRecord(record);
	const told = { api, model: model ?? api };
	if (whole.state !== 'waiting' && (stage === undefined || whole.state === 'fail')) {
		return { ...told, event: whole.state === 'fail' ? 'failure' : 'success', snapshot: whole };
	}
	// What is there so far; the task itself goes on.
	const snapshot = { ...adapters[api].parseRecord(record, stage), state: whole.state };
	const isThere = stage !== undefined && !STATES_BEFORE[stage].includes(asText(record.status) ?? '');
	const reached = isThere ? { stage } : {};
	return { ...told, event: 'progress', ...reached, progress: asNumber(record.progress), snapshot };
}

/** The model that a record names, itself or in the request that it quotes. */
function modelOf(record: JsonObject): string | undefined {
	const quoted = [record.param, record.paramJson, record.promptJson].map((value) => parseObject(value)?.model);
	return [record.model, ...quoted].map(asText).find((model) => model !== undefined);
}
