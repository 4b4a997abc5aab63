import { pickBy } from 'lodash';

import type { Milestone } from '../adapters/adapter';
import type { ApiName } from '../adapters';
import type { JsonObject } from '../json';
import { TaskKind } from './taskKind';

/** What decides how long a task takes, and about what it costs. */
interface TaskTraits {
	api: ApiName;
	model: string;
	input?: JsonObject;
	milestone?: Milestone;
}

/** Fields of an input on which the duration of a task depends: how large, how long, how many, how thorough. */
const DECISIVE =
	/^(model|mode|n|size|speed|version)$|resolution|quality|duration|frames|speed|factor|extend_times|variants|num_|max_images|batch|steps/i;

/** The same text for tasks that take about the same time. */
export function kindKey({ api, model, input, milestone }: TaskTraits): string {
	const settings = pickBy(input, (value, name) => DECISIVE.test(name) && typeof value !== 'object');
	return JSON.stringify([api, model, milestone, settings]);
}

/** Kinds that this process remembers. */
const MAX_KINDS = 500;

/** By account, model and setting; those used last at the end. */
const kinds = new Map<string, TaskKind>();

/** A kind of tasks of an account. `kindName`: from `kindKey`; `guessMs`: how long a task of the model usually takes. */
export function taskKind(accountId: string, kindName: string, guessMs: number): TaskKind {
	const key = `${accountId} ${kindName}`;
	const kind = kinds.get(key) ?? new TaskKind(guessMs);
	kinds.delete(key);
	kinds.set(key, kind);
	const [oldest] = kinds.keys();
	if (kinds.size > MAX_KINDS && oldest !== undefined) kinds.delete(oldest);
	return kind;
}
