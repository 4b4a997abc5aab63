import type { IExecuteFunctions } from 'n8n-workflow';
import type { Limit } from 'p-limit';
import pLimit from 'p-limit';

import type { TaskMemory } from '../tasks/taskMemory';
import type { Upload } from '../media/uploadFile';
import { taskMemory } from '../tasks/taskMemory';
import { isTool } from './runOptions';
import type { TaskRef } from './outputItems';

/** How much runs at the same time in one execution; a batch may have thousands of items. */
const UPLOADS = 4;
export const DOWNLOADS = 4;
export const READS = 20;
/** As many as Kie takes at once; those that wait for their turn are in the order of the items. */
const CREATES = 20;

/** What the items of one execution share. */
export interface Batch {
	context: IExecuteFunctions;
	memory: TaskMemory;
	/** Aborted when the user stops the execution, or when one item's failure ends the run. */
	signal: AbortSignal;
	limits: Record<'upload' | 'create' | 'read' | 'download', Limit>;
	/** Uploads of this execution by n8n's binary ID: a file that many items carry is sent once. */
	uploads: Map<string, Promise<Upload>>;
	/** The tasks that are there, by item, whatever becomes of the item. */
	tasks: Map<number, TaskRef>;
}

export function newBatch(context: IExecuteFunctions, signal: AbortSignal): Batch {
	return {
		context,
		memory: taskMemory(context, isTool(context)),
		signal,
		limits: { upload: pLimit(UPLOADS), create: pLimit(CREATES), read: pLimit(READS), download: pLimit(DOWNLOADS) },
		uploads: new Map(),
		tasks: new Map(),
	};
}
