import { type Answer, reject } from './answers';
import { stemId, type Track, tracksOf, fieldOf } from './suno-content';
import type { JsonObject, SimTask, TaskApi } from './types';
import type { World } from './world';

/** The earlier tasks that Suno's operations continue from. Tasks of both APIs are accepted. */

/** Recorded for wav, mp4, midi and vocal-removal; of the other operations that need a task it is assumed. */
export const unknownRecord = (): Answer => reject(422, 'Record does not exist');

export const songModels = [
	...['generate', 'extend', 'upload-and-cover-audio', 'upload-and-extend-audio', 'add-instrumental'],
	...['add-vocals', 'mashup', 'sounds', 'replace-section'],
].map((name) => `ai-music-api/${name}`);

/** The models of the market whose tasks are of the same kind as those of a path. */
const marketModels: Partial<Record<TaskApi, string[]>> = {
	'suno-song': songModels,
	'suno-stems': ['ai-music-api/separate-vocals'],
	'suno-phrase': ['ai-music-api/validation-phrase', 'ai-music-api/regenerate-phrase'],
	'suno-voice': ['ai-music-api/create-voice'],
};

const isOf = ({ api, model }: SimTask, kind: TaskApi): boolean =>
	api === kind || (api === 'market' && marketModels[kind]?.includes(model) === true);

/** The finished task of this kind and id. */
export function finishedTask(world: World, kind: TaskApi, id: string): SimTask | undefined {
	const task = world.tasks.get(id);
	return task && isOf(task, kind) && task.state === 'success' ? task : undefined;
}

const field = (input: JsonObject, name: string): string => String(fieldOf(input, name) ?? '');

/** The tracks of a song. */
export const tracksOfTask = (task?: SimTask): Track[] => (task ? tracksOf(task.input, task.urls) : []);

/** The track that `taskId` and `audioId` name. */
export function trackOf(world: World, input: JsonObject): { task: SimTask; track: Track; index: number } | undefined {
	const task = finishedTask(world, 'suno-song', field(input, 'taskId'));
	const tracks = tracksOfTask(task);
	const index = tracks.findIndex(({ id }) => id === field(input, 'audioId'));
	const track = tracks[index];
	return task && track && { task, track, index };
}

/** The track that `audioId` alone names, in any song. */
export function trackById(world: World, id: string): { task: SimTask; track: Track } | undefined {
	for (const task of world.tasks.values()) {
		if (!isOf(task, 'suno-song') || task.state !== 'success') continue;
		const track = tracksOfTask(task).find((candidate) => candidate.id === id);
		if (track) return { task, track };
	}
	return undefined;
}

/** The separation that `taskId` names, and the stems that `audioId` picks: one, or all without it. */
export function separationOf(world: World, input: JsonObject): { task: SimTask; stems: number[] } | undefined {
	const task = finishedTask(world, 'suno-stems', field(input, 'taskId'));
	if (!task) return undefined;
	const audioId = fieldOf(input, 'audioId');
	const stems = task.urls.flatMap((url, index) => (audioId === undefined || stemId(url) === audioId ? [index] : []));
	return stems.length > 0 ? { task, stems } : undefined;
}

/** An earlier task on the same path, not a failed one, with the same input in these fields. */
export function doneBefore(world: World, model: string, input: JsonObject, ...fields: string[]): SimTask | undefined {
	return [...world.tasks.values()].find(
		(task) =>
			task.model === model &&
			task.state !== 'fail' &&
			fields.every((name) => fieldOf(task.input, name) === fieldOf(input, name)),
	);
}
