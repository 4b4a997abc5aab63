import { idText, isObject } from '../api/answer';

/** The task that a callback is about, in the four places where Kie's APIs put its ID (kie-api: platform/webhook-signature). */
export function taskIdOf(body: unknown): string | undefined {
	if (!isObject(body)) return undefined;
	const data = isObject(body.data) ? body.data : {};
	return [data.taskId, data.task_id, body.taskId, body.task_id].map(idText).find((id) => id !== undefined);
}
