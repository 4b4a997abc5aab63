import { type Answer, refuse } from './answers';
import { creating, failureOf, looking, result } from './own-api';
import type { Asked, Route } from './routes';
import { sunoCheck } from './suno-bodies';
import { given } from './suno-content';
import { finishedTask, unknownRecord } from './suno-parents';
import { errorOf, nothing, root, seldom, unreachable } from './suno-songs';
import type { Json, JsonObject, SimTask, Stage } from './types';
import type { World } from './world';

/** Suno's voices: a phrase to sing, then the voice. Their states are words of their own. */

const stages: Stage[] = [{ name: 'processing_validate', at: 1 / 2, files: 0 }];

export const sentence = 'Harmonies fill the air with joyful melodies tonight';

/** A phrase is done when it waits for its recording. */
const phraseInfo = (task: SimTask): JsonObject => ({
	validateInfo: result(task, sentence, ''),
	status: stateOf(task, 'wait_validating', 'processing_validate_fail'),
});

/** The id may stay empty even of a voice that was made: the fault no-result. */
const voiceInfo = (task: SimTask): JsonObject => ({
	voiceId: result(task, voiceId(task.id), ''),
	status: stateOf(task, 'success', 'fail'),
});

export const voiceId = (task: string): string => `voice_${task.slice(0, 12)}`;

function stateOf(task: SimTask, success: string, failed: string): string {
	if (task.state === 'running') return task.stage?.name ?? 'wait_processing';
	return task.state === 'success' ? success : (failureOf(task)?.state ?? failed);
}

/** The whole way is seen at the phrase: `success` once its voice is there (reported). */
const phraseRecord = (task: SimTask, world: World): JsonObject => ({
	taskId: task.id,
	...phraseInfo(task),
	...(voiceOf(world, task.id)?.state === 'success' && { status: 'success' }),
	...errorOf(task),
});

const voiceRecord = (task: SimTask): JsonObject => ({ taskId: task.id, ...voiceInfo(task), ...errorOf(task) });

/** Callbacks have 0 and an empty text where records have null. */
const callback = (task: SimTask, info: JsonObject, failed: string): JsonObject => {
	const failure = failureOf(task);
	const texts = Object.entries(info).map(([name, value]): [string, Json] => [name, value ?? '']);
	return {
		code: failure ? 400 : 200,
		msg: failure ? failed : 'success',
		data: {
			taskId: task.id,
			...Object.fromEntries(texts),
			errorCode: failure ? Number(failure.failCode) || 500 : 0,
			errorMessage: failure?.failMsg ?? '',
		},
	};
};

export const phraseCallback = (task: SimTask): JsonObject =>
	callback(task, phraseInfo(task), 'Validation phrase generation failed');
export const voiceCallback = (task: SimTask): JsonObject => callback(task, voiceInfo(task), 'Voice generation failed');

/** The voice of a phrase, in whatever state; not one that failed. */
const voiceOf = (world: World, phrase: string): SimTask | undefined =>
	[...world.tasks.values()].find(
		({ api, model, input, state }) =>
			(api === 'suno-voice' || model === 'ai-music-api/create-voice') &&
			given(input, 'taskId') === phrase &&
			state !== 'fail',
	);

/** A phrase works once, and only when it is there; the code and the words are ours. */
export function unfitPhrase({ world, body }: Asked): Answer | undefined {
	const id = String(given(body, 'taskId'));
	if (!finishedTask(world, 'suno-phrase', id)) return unknownRecord();
	return voiceOf(world, id) ? refuse(400, 'The verification phrase has been used') : undefined;
}

/** Whether a voice can be used; undefined where there is neither voice nor phrase of this id. */
export function voiceAvailable(world: World, id: string): boolean | undefined {
	const task = world.tasks.get(id);
	if (!task) return undefined;
	const voice = task.api === 'suno-phrase' ? voiceOf(world, id) : task;
	return voice?.state === 'success';
}

/** A new phrase in place of one that failed or that nobody sang. */
export const unknownPhrase = ({ world, body }: Asked): Answer | undefined => {
	const task = world.tasks.get(String(given(body, 'taskId')));
	return task?.api === 'suno-phrase' || task?.model.endsWith('-phrase') === true ? undefined : unknownRecord();
};

const phrase = { api: 'suno-phrase', credits: 1, results: () => [], stages, callbackBody: phraseCallback } as const;

export const voiceRoutes: Route[] = [
	creating(`${root}/voice/validate`, { ...phrase, check: sunoCheck('/voice/validate'), fate: unreachable }),
	creating(`${root}/voice/regenerate`, {
		...phrase,
		check: sunoCheck('/voice/regenerate'),
		callbackField: 'calBackUrl',
		instead: unknownPhrase,
	}),
	looking(`${root}/voice/validate-info`, {
		api: 'suno-phrase',
		record: phraseRecord,
		state: 'status',
		unknown: nothing,
		admits: seldom,
	}),
	creating(`${root}/voice/generate`, {
		api: 'suno-voice',
		check: sunoCheck('/voice/generate'),
		credits: 1,
		results: () => [],
		stages,
		callbackBody: voiceCallback,
		instead: unfitPhrase,
		fate: unreachable,
	}),
	looking(`${root}/voice/record-info`, {
		api: 'suno-voice',
		record: voiceRecord,
		state: 'status',
		unknown: nothing,
		admits: seldom,
	}),
];
