import { randomBytes } from 'node:crypto';
import { messages } from './answers';
import { postCallback } from './callbacks';
import { fateOf } from './faults';
import { isStored } from './files';
import { strings } from './json';
import type { Fate, Fault, Json, JsonObject, SimTask, Stage, TaskApi } from './types';
import type { World } from './world';

/** What a create handler knows of the task it wants. */
export interface NewTask {
	api: TaskApi;
	model: string;
	input: JsonObject;
	callBackUrl: string | undefined;
	credits: number;
	/** File extensions of the results, one for each; empty for a file without one. */
	results: string[];
	/** What the market's `resultJson` says; if not set: nothing. */
	result?: (urls: string[], id: string) => JsonObject;
	parent?: string;
	/** The task's id, where an API's ids are of another form. */
	id?: string;
	/** How the task ends by itself, where the input can't work. */
	fate?: Fate;
	fault: Fault | undefined;
	/** What the task has before its end, where that is success. */
	stages?: Stage[];
	/** What is posted to `callBackUrl` at the end. */
	callbackBody: (task: SimTask) => JsonObject;
}

/** A URL, or what it is relative to another; whatever is no URL stays as it is. */
const resolve = (url: string, base: string): string => (/^\w+:/.test(url) ? url : new URL(url, base).href);

/** Takes the credits and starts the task's clock. */
export function startTask(world: World, wanted: NewTask): SimTask {
	const id = wanted.id ?? randomBytes(16).toString('hex');
	const urls = wanted.results.map(
		(extension, index) => `${world.url}/files/results/${id}/${index}${extension && '.'}${extension}`,
	);
	if (wanted.fault?.kind === 'result-url' && urls[0]) urls[0] = resolve(wanted.fault.url, urls[0]);
	const planned = fateOf(wanted.fault);
	const task: SimTask = {
		id,
		api: wanted.api,
		model: wanted.model,
		input: wanted.input,
		...(wanted.callBackUrl !== undefined && { callBackUrl: wanted.callBackUrl }),
		...(wanted.parent !== undefined && { parent: wanted.parent }),
		createdAt: Date.now(),
		seconds: world.secondsFor(wanted.model, wanted.input),
		fate: planned.end === 'success' ? (wanted.fate ?? inputFate(world, wanted.input)) : planned,
		credits: wanted.credits,
		state: 'running',
		urls,
		result: wanted.result?.(urls, id) ?? {},
		deliveries: [],
		...(wanted.fault && { createFault: wanted.fault.kind }),
	};
	world.balance -= task.credits;
	world.tasks.set(id, task);
	if (task.fate.end === 'success' || task.fate.end === 'callback-failed') {
		for (const stage of wanted.stages ?? [])
			world.later(task.seconds * 1000 * stage.at, () => pass(world, task, stage));
	}
	if (task.fate.end === 'no-result' && task.fate.lateMs !== undefined) {
		world.later(task.seconds * 1000 + task.fate.lateMs, () => (task.fate = { end: 'success' }));
	}
	if (task.fate.end !== 'never') world.later(task.seconds * 1000, () => finish(world, task, wanted.callbackBody));
	return task;
}

/** A file or a task of ours that does not exist is found out by the task, not by the create. */
const inputFate = (world: World, input: JsonObject): Fate =>
	namesMissing(world, input) ? { end: 'fail', failCode: '451', failMsg: messages[451] ?? '' } : { end: 'success' };

/** Whether a value names a file on the simulator's own host, or an asset, that is not there. */
export const namesMissing = (world: World, value: Json): boolean =>
	world.checkMedia && strings(value).some(gone(world));

const gone =
	(world: World) =>
	(text: string): boolean =>
		text.startsWith('asset://')
			? world.tasks.get(text.slice('asset://'.length))?.state !== 'success'
			: text.startsWith(`${world.url}/`) && !isStored(world, text);

function pass(world: World, task: SimTask, stage: Stage): void {
	task.stage = stage;
	if (stage.callbackBody && task.callBackUrl !== undefined) {
		void postCallback(world, task, task.callBackUrl, stage.callbackBody(task));
	}
}

function finish(world: World, task: SimTask, callbackBody: NewTask['callbackBody']): void {
	task.finishedAt = Date.now();
	task.state = task.fate.end === 'fail' ? 'fail' : 'success';
	if (task.state === 'fail') {
		world.balance += task.credits;
		task.credits = 0;
	}
	if (task.callBackUrl !== undefined) void postCallback(world, task, task.callBackUrl, callbackBody(task));
}
