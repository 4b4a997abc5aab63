import type { ApiName } from '../adapters';

/** A task that exists: all that is needed to read it again. */
export interface TaskRef {
	taskId: string;
	api: ApiName;
	/** Empty where an earlier task is read and the item does not name its model. */
	model: string;
}
