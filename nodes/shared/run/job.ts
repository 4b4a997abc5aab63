import type { CreatedModel, Milestone } from '../adapters/adapter';
import type { InputSchema, MediaKind, Model } from '../catalogue/types';
import type { ValidationIssue } from '../form/checkInput';
import type { JsonObject } from '../json';
import type { TaskRef } from '../tasks/taskRef';
import type { RunOptions } from './runOptions';

interface JobBase {
	itemIndex: number;
	options: RunOptions;
}

/** A task to create and, if `wait` is set, to wait for. */
export interface CreateJob extends JobBase {
	kind: 'create';
	model: CreatedModel & Pick<Model, 'api' | 'seconds'>;
	/** The input; binary fields are placeholders until they are uploaded. */
	body: JsonObject;
	/** Names of the binary fields to upload. */
	binaries: string[];
	input: InputSchema;
	media: Record<string, MediaKind>;
	/** What is wrong with the input; a job with any is not run. */
	issues: ValidationIssue[];
	/** What is outside documented limits that Kie has lifted since. */
	lifted?: ValidationIssue[];
	/** The model as the user knows it. */
	title: string;
	/** The model under which Kie lists the price, if it is not that of the task. */
	pricedAs?: string;
	wait: boolean;
	/** How far the task has to be; if not set, all of it. */
	milestone?: Milestone;
	/** The task to create if this one fails for a reason that is not the input's. */
	fallback?: CreateJob;
	/** What the item is known by in the memory of the run, if not its own body. */
	calledWith?: JsonObject;
	/** Fields of the input that the output repeats, for the next node. */
	passThrough?: JsonObject;
}

/** A task that exists, to read once or to wait for. */
export interface TaskJob extends JobBase {
	kind: 'get' | 'wait';
	task: TaskRef;
}

/** What is to be done for one item, known before anything is sent. */
export type Job = CreateJob | TaskJob;

/** The task of a job, once it has an ID. */
export function taskOf({ model }: CreateJob, taskId: string): TaskRef {
	return { taskId, api: model.api ?? 'market', model: model.id };
}
