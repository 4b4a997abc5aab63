import { type Answer, done, refuse, tooOften } from './answers';
import { isAddress, isObject } from './json';
import type { Call } from './routes';
import { startTask } from './tasks';
import type { Fate, Json, JsonObject, SimTask } from './types';
import type { MarketModel, World } from './world';

const bodyFields = ['model', 'input', 'callBackUrl', 'progressCallBackUrl'];

/** POST /api/v1/jobs/createTask */
export function createTask({ world, account, body, fault }: Call): Answer {
	if (!world.creates.admits(account)) return tooOften();
	const { model: id, input, callBackUrl } = body;
	if (id === undefined || id === '') return refuse(422, undefined, 'model is missing');
	if (typeof id !== 'string') return refuse(422, 'Invalid model');
	const served = world.models.get(id);
	if (!served) return refuse(422, 'The model is not supported', `model ${id}`);
	if (input === undefined) return refuse(422, undefined, 'input is missing');
	if (!isObject(input)) return refuse(422, 'Invalid input');
	const unknown = Object.keys(body).find((field) => !bodyFields.includes(field));
	if (world.strict && unknown !== undefined) return refuse(422, `Unknown field ${unknown}`);
	if (callBackUrl !== undefined && !isAddress(callBackUrl)) return refuse(422, 'Invalid callBackUrl');
	const refused = served.check(input);
	if (refused) return refuse(422, refused.msg, refused.detail);

	const results = resultFiles(served, input);
	const credits = served.model.id.endsWith('/segment-map') ? 0 : results.length * priceOf[served.output];
	if (world.balance <= 0 || world.balance < credits) return refuse(402);
	const fate = unknownTask(world, input);
	const resultObject = dataOf(id);
	const task = startTask(world, {
		api: 'market',
		model: id,
		input,
		callBackUrl,
		credits,
		results,
		...(resultObject && { resultObject }),
		...(fate && { fate }),
		fault,
		callbackBody: marketCallback,
	});
	return done({ taskId: task.id, recordId: task.id });
}

/** GET /api/v1/jobs/recordInfo */
export function recordInfo({ world, query, fault }: Call): Answer {
	const taskId = query.get('taskId');
	if (!taskId) return refuse(400, 'taskId is required');
	const task = world.tasks.get(taskId);
	if (task?.api !== 'market') return refuse(422, 'recordInfo is null');
	if (!world.marketReads.admits(taskId)) return tooOften();
	const record = marketRecord(task);
	return done(fault?.kind === 'state' ? { ...record, state: fault.state } : record);
}

/** The record of a task as `recordInfo` shows it. `costTime` is in seconds, as in recorded answers. */
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
		...(task.finishedAt !== undefined && { creditsConsumed: task.credits }),
	};
}

/** The callback of a task that has ended: the record again, with the request encoded once. */
export function marketCallback(task: SimTask): JsonObject {
	const succeeded = task.state === 'success';
	const param = { model: task.model, ...callback(task), input: task.input };
	return {
		code: succeeded ? 200 : 501,
		msg: succeeded ? 'Playground task completed successfully.' : 'Playground task failed.',
		data: { ...marketRecord(task), param: JSON.stringify(param), updateTime: task.finishedAt ?? null },
	};
}

const priceOf = { image: 4, video: 40, audio: 2.5 };

const callback = (task: SimTask): JsonObject =>
	task.callBackUrl === undefined ? {} : { callBackUrl: task.callBackUrl };

/** Most tasks stay `waiting` to the end; GPT Image was recorded as `generating`. */
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
	return JSON.stringify({
		...(task.urls.length > 0 && { resultUrls: task.urls }),
		...(task.resultObject && { resultObject: task.resultObject }),
	});
}

/** The extensions of the files that a task of this model makes. */
function resultFiles({ model, output }: MarketModel, input: JsonObject): string[] {
	if (output === 'video') return ['mp4'];
	if (output === 'audio') return ['mp3'];
	if (model.id.endsWith('/segment-map')) return [];
	const extension = typeof input.output_format === 'string' ? input.output_format.replace('jpeg', 'jpg') : 'png';
	if (model.id.endsWith('-layer-decomposition')) return [extension, 'png', 'png', 'png'];
	return Array<string>(resultCount(model.id, input)).fill(extension);
}

function resultCount(id: string, input: JsonObject): number {
	if (id === 'grok-imagine/text-to-image') return 6;
	const asked = input.num_images ?? input.max_images ?? input.n;
	if (asked !== undefined) return Number(asked);
	if (id.startsWith('wan/2-7-image')) return input.enable_sequential === true ? 12 : 4;
	return 1;
}

/** What models answer with that have more to say than addresses. */
function dataOf(id: string): ((urls: string[]) => JsonObject) | undefined {
	if (id === 'seedream/5-pro-layer-decomposition') return (urls) => ({ layers_data: urls.map(layer) });
	if (id.endsWith('/segment-map')) return () => ({ segments: [1, 2, 3].map((index) => ({ index })) });
	return undefined;
}

const layer = (url: string, index: number): Json => ({
	url,
	name: index === 0 ? 'base' : `layer ${index}`,
	description: index === 0 ? 'The picture without its layers' : `Part ${index} of the picture`,
	z_index: index,
	size: '192x128',
	bounding_box: {
		absolute: index === 0 ? [0, 0, 192, 128] : [16 * index, 16 * index, 16 * index + 48, 16 * index + 48],
	},
});

/** `task_id` names an earlier task; what Kie does with a wrong one is not documented: here the task fails. */
function unknownTask(world: World, { task_id: taskId }: JsonObject): Fate | undefined {
	if (typeof taskId !== 'string' || world.tasks.has(taskId)) return undefined;
	return { end: 'fail', failCode: '422', failMsg: 'The record does not exist' };
}
