import { type Answer, reject } from './answers';
import { createRoute, failureOf, recordRoute, result } from './own-api';
import type { CreateCall, Route } from './routes';
import { sunoCheck } from './suno-bodies';
import { fieldOf } from './suno-content';
import { finishedTask, unknownRecord } from './suno-parents';
import { errorOf, emptyRecord, root, admitsSunoRead, unreachable } from './suno-songs';
import type { Json, JsonObject, SimTask, Milestone } from './types';
import type { World } from './world';

/** Suno's voices: a phrase to sing, then the voice. They have their own states. */

const milestones: Milestone[] = [{ name: 'processing_validate', at: 1 / 2, files: 0 }];

export const sentence = 'Harmonies fill the air with joyful melodies tonight';

/** A phrase is complete once it waits for its recording. */
const phraseInfo = (task: SimTask): JsonObject => ({
	validateInfo: result(task, sentence, ''),
	status: stateOf(task, 'wait_validating', 'processing_validate_fail'),
});

/** The ID can stay empty even for an existing voice: the fault no-result. */
const voiceInfo = (task: SimTask): JsonObject => ({
	voiceId: result(task, voiceId(task.id), ''),
	status: stateOf(task, 'success', 'fail'),
});

export const voiceId = (task: string): string => `voice_${task.slice(0, 12)}`;

function stateOf(task: SimTask, success: string, failureWord: string): string {
	if (task.state === 'running') return task.milestone?.name ?? 'wait_processing';
	return task.state === 'success' ? success : (failureOf(task)?.state ?? failureWord);
}

/** A phrase also shows the state of its voice: `success` once it exists (reported). */
const phraseRecord = (task: SimTask, world: World): JsonObject => ({
	taskId: task.id,
	...phraseInfo(task),
	...(voiceOf(world, task.id)?.state === 'success' && { status: 'success' }),
	...errorOf(task),
});

const voiceRecord = (task: SimTask): JsonObject => ({ taskId: task.id, ...voiceInfo(task), ...errorOf(task) });

/** Callbacks have 0 and an empty text where records have null. */
const callback = (task: SimTask, info: JsonObject, failureMessage: string): JsonObject => {
	const failure = failureOf(task);
	const texts = Object.entries(info).map(([name, value]): [string, Json] => [name, value ?? '']);
	return {
		code: failure ? 400 : 200,
		msg: failure ? failureMessage : 'success',
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

/** The voice of a phrase, unless it failed. */
const voiceOf = (world: World, phrase: string): SimTask | undefined =>
	[...world.tasks.values()].find(
		({ api, model, input, state }) =>
			(api === 'suno-voice' || model === 'ai-music-api/create-voice') &&
			fieldOf(input, 'taskId') === phrase &&
			state !== 'fail',
	);

/** A phrase can be used once it exists, and only once; the code and the message are ours. */
export function unfitPhrase({ world, body }: CreateCall): Answer | undefined {
	const id = String(fieldOf(body, 'taskId'));
	if (!finishedTask(world, 'suno-phrase', id)) return unknownRecord();
	return voiceOf(world, id) ? reject(400, 'The verification phrase has been used') : undefined;
}

/** Whether a voice can be used; undefined if there is neither a voice nor a phrase with this ID. */
export function voiceAvailable(world: World, id: string): boolean | undefined {
	const task = world.tasks.get(id);
	if (!task) return undefined;
	const voice = task.api === 'suno-phrase' ? voiceOf(world, id) : task;
	return voice?.state === 'success';
}

/** A new phrase can replace one that failed or was not used. */
export const unknownPhrase = ({ world, body }: CreateCall): Answer | undefined => {
	const task = world.tasks.get(String(fieldOf(body, 'taskId')));
	return task?.api === 'suno-phrase' || task?.model.endsWith('-phrase') === true ? undefined : unknownRecord();
};

const phrase = {
	api: 'suno-phrase',
	credits: 1,
	results: () => [],
	milestones,
	callbackBody: phraseCallback,
} as const;

export const voiceRoutes: Route[] = [
	createRoute(`${root}/voice/validate`, { ...phrase, check: sunoCheck('/voice/validate'), fate: unreachable }),
	createRoute(`${root}/voice/regenerate`, {
		...phrase,
		check: sunoCheck('/voice/regenerate'),
		callbackField: 'calBackUrl',
		override: unknownPhrase,
	}),
	recordRoute(`${root}/voice/validate-info`, {
		api: 'suno-phrase',
		record: phraseRecord,
		state: 'status',
		unknown: emptyRecord,
		admits: admitsSunoRead,
	}),
	createRoute(`${root}/voice/generate`, {
		api: 'suno-voice',
		check: sunoCheck('/voice/generate'),
		credits: 1,
		results: () => [],
		milestones,
		callbackBody: voiceCallback,
		override: unfitPhrase,
		fate: unreachable,
	}),
	recordRoute(`${root}/voice/record-info`, {
		api: 'suno-voice',
		record: voiceRecord,
		state: 'status',
		unknown: emptyRecord,
		admits: admitsSunoRead,
	}),
];
