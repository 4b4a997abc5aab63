import type { Fate, JsonObject, SimTask } from './types';
import type { World } from './world';

/** The earlier tasks that models of the market continue from. */

/** Whether an earlier task has a matching model, or a matching path of the API that created it. */
const isOf =
	(pattern: RegExp) =>
	({ model }: SimTask): boolean =>
		pattern.test(model);

const isVeo = isOf(/\bveo\b/);

/** The condition for the earlier task; any task if a model is not listed. */
const parents: Record<string, (task: SimTask) => boolean> = {
	'grok-imagine/image-to-video': isOf(/^grok-imagine\/text-to-image$/),
	'grok-imagine/extend': isOf(/^grok-imagine.*(video|extend|upscale)/),
	'grok-imagine/upscale': isOf(/^grok-imagine.*(video|extend)/),
	'runway/extend-ai-video': isOf(/^runway$|\/runway\/|^runway\/extend/),
	'veo/extend': (task) => isVeo(task) && task.input.resolution !== '1080p',
	'veo/get-1080p-video': isVeo,
	'veo/get-4k-video': isVeo,
	'sora-2-characters-pro': isOf(/^sora-2/),
};

/** The outcome for a wrong earlier task, which is not documented: here the task fails. */
export function parentFate(world: World, model: string, input: JsonObject): Fate | undefined {
	const id = input.task_id ?? input.taskId ?? input.origin_task_id;
	if (typeof id !== 'string') return undefined;
	const parent = world.tasks.get(id);
	const isParent = parent?.state === 'success' && (parents[model]?.(parent) ?? true);
	return isParent ? undefined : { end: 'fail', failCode: '422', failMsg: 'The record does not exist' };
}
