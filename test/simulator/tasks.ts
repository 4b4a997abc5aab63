import { randomBytes } from 'node:crypto';
import { messages } from './answers';
import { postCallback } from './callbacks';
import { fateOf } from './faults';
import { isStored } from './files';
import { strings } from './json';
import type { Fate, Fault, Json, JsonObject, SimTask, Milestone, TaskApi } from './types';
import type { World } from './world';

/** What a create handler knows about a new task. */
export interface NewTask {
	api: TaskApi;
	model: string;
	input: JsonObject;
	callBackUrl: string | undefined;
	credits: number;
	/** File extensions of the results, one for each; empty for a file without one. */
	results: string[];
	/** The market's `resultJson`; if not set: nothing. */
	result?: (urls: string[], id: string) => JsonObject;
	parent?: string;
	/** The task's ID, if an API's IDs have another format. */
	id?: string;
	/** The outcome of the task if the input cannot work. */
	fate?: Fate;
	fault: Fault | undefined;
	/** What the task reaches before it succeeds. */
	milestones?: Milestone[];
	/** What is posted to `callBackUrl` once the task completes. */
	callbackBody: (task: SimTask) => JsonObject;
}

/** An absolute URL, or one relative to another. */
const resolve = (url: string, base: string): string => (/^\w+:/.test(url) ? url : new URL(url, base).href);

/** Charges the credits and starts the task. */
export function startTask(world: World, newTask: NewTask): SimTask {
	const id = newTask.id ?? randomBytes(16).toString('hex');
	const urls = newTask.results.map(
		(extension, index) => `${world.url}/files/results/${id}/${index}${extension && '.'}${extension}`,
	);
	if (newTask.fault?.kind === 'result-url' && urls[0]) urls[0] = resolve(newTask.fault.url, urls[0]);
	const faultFate = fateOf(newTask.fault);
	const task: SimTask = {
		id,
		api: newTask.api,
		model: newTask.model,
		input: newTask.input,
		...(newTask.callBackUrl !== undefined && { callBackUrl: newTask.callBackUrl }),
		...(newTask.parent !== undefined && { parent: newTask.parent }),
		createdAt: Date.now(),
		seconds: world.secondsFor(newTask.model, newTask.input),
		fate: faultFate.end === 'success' ? (newTask.fate ?? inputFate(world, newTask.input)) : faultFate,
		credits: newTask.credits,
		state: 'running',
		urls,
		result: newTask.result?.(urls, id) ?? {},
		deliveries: [],
		...(newTask.fault && { createFault: newTask.fault.kind }),
	};
	world.balance -= task.credits;
	world.tasks.set(id, task);
	if (task.fate.end === 'success' || task.fate.end === 'callback-failed') {
		for (const milestone of newTask.milestones ?? [])
			world.later(task.seconds * 1000 * milestone.at, () => reachMilestone(world, task, milestone));
	}
	if (task.fate.end === 'no-result' && task.fate.lateMs !== undefined) {
		world.later(task.seconds * 1000 + task.fate.lateMs, () => (task.fate = { end: 'success' }));
	}
	if (task.fate.end !== 'never') world.later(task.seconds * 1000, () => finish(world, task, newTask.callbackBody));
	return task;
}

/** A missing file or task of the simulator fails the task, not the create. */
const inputFate = (world: World, input: JsonObject): Fate =>
	namesMissing(world, input) ? { end: 'fail', failCode: '451', failMsg: messages[451] ?? '' } : { end: 'success' };

/** Whether a value names a file on the simulator's own host, or an asset, that does not exist. */
export const namesMissing = (world: World, value: Json): boolean =>
	world.checkMedia && strings(value).some(isMissing(world));

const isMissing =
	(world: World) =>
	(text: string): boolean =>
		text.startsWith('asset://')
			? world.tasks.get(text.slice('asset://'.length))?.state !== 'success'
			: text.startsWith(`${world.url}/`) && !isStored(world, text);

function reachMilestone(world: World, task: SimTask, milestone: Milestone): void {
	task.milestone = milestone;
	if (milestone.callbackBody && task.callBackUrl !== undefined) {
		void postCallback(world, task, task.callBackUrl, milestone.callbackBody(task));
	}
}

function finish(world: World, task: SimTask, callbackBody: NewTask['callbackBody']): void {
	task.finishedAt = Date.now();
	task.state = task.fate.end === 'fail' ? 'fail' : 'success';
	if (task.fate.end === 'fail' && !task.fate.charged) {
		world.balance += task.credits;
		task.credits = 0;
	}
	if (task.callBackUrl !== undefined) void postCallback(world, task, task.callBackUrl, callbackBody(task));
}
