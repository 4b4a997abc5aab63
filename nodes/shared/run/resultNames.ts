import type { TaskStatus } from '../adapters/taskStatus';
import type { TaskRef } from '../tasks/taskRef';

const ID_LENGTH = 8;

/**
 * The names of a task's files, without extension: those that the API gives them, such as the titles of songs, or the model
 * and the beginning of the task's ID, such as `nano-banana-2-3b63ce98`.
 */
export function resultNames({ taskId, api, model }: TaskRef, status: TaskStatus): string[] {
	const maker = (model || (status.model ?? api)).replaceAll('/', '-');
	const name = `${maker}-${shortId(taskId)}`;
	return status.urls.map((_, index) => status.fileNames?.[index] ?? (index === 0 ? name : `${name}-${index + 1}`));
}

/** The part of an ID by which tasks differ: IDs such as `veo_task_abcdef123456` begin with their kind. */
function shortId(taskId: string): string {
	return /^[0-9a-f-]+$/i.test(taskId) ? taskId.slice(0, ID_LENGTH) : taskId.slice(-ID_LENGTH);
}
