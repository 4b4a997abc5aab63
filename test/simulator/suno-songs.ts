import { omit } from 'lodash';
import { type Answer, done, messages } from './answers';
import { strings } from './json';
import { codeOf, createRoute, failureOf, recordRoute, type RecordOptions, outcome, result } from './own-api';
import type { CreateCall, Route } from './routes';
import { type SunoPath, sunoCheck } from './suno-bodies';
import { camelTrack, fieldOf, snakeTrack, songFiles, type Track, tracksOf } from './suno-content';
import { trackById, trackOf, tracksOfTask, unknownRecord } from './suno-parents';
import { namesMissing } from './tasks';
import type { Fate, Json, JsonObject, SimTask, Milestone } from './types';
import type { World } from './world';

/** Suno's songs: nine paths, one record, three callbacks a song. */

/** The `operationType` of each path; that of the last five is a guess. */
const operations: Record<string, string> = {
	'/generate': 'generate',
	'/generate/extend': 'extend',
	'/generate/upload-cover': 'upload_cover',
	'/generate/upload-extend': 'upload_extend',
	'/generate/add-instrumental': 'add_instrumental',
	'/generate/add-vocals': 'add_vocals',
	'/generate/mashup': 'mashup',
	'/generate/sounds': 'sounds',
	'/generate/replace-section': 'replace_section',
};

/** Where Suno's paths begin. */
export const root = '/api/v1';

/** Recorded for songs: an unknown task is not an error. */
export const emptyRecord = (): Answer => done(null);

/** Three reads of a task per second. */
export const admitsSunoRead: RecordOptions['admits'] = ({ world }, { id }) => world.sunoReads.admits(id);

/** The word for the state of a task. */
export function stateWord(task: SimTask, failureWord: string): string {
	if (task.state === 'running') return task.milestone?.name ?? 'PENDING';
	if (task.fate.end === 'callback-failed') return 'CALLBACK_EXCEPTION';
	return task.state === 'success' ? 'SUCCESS' : (failureOf(task)?.state ?? failureWord);
}

/** `errorCode` and `errorMessage`, null where nothing failed. */
export function errorOf(task: SimTask): JsonObject {
	const failure = failureOf(task);
	return { errorCode: failure ? codeOf(failure) : null, errorMessage: failure?.failMsg ?? null };
}

/** GET /api/v1/generate/record-info */
const record = (task: SimTask): JsonObject => ({
	taskId: task.id,
	parentMusicId: task.input.audioId ?? '',
	param: JSON.stringify(task.input),
	response: response(task),
	status: stateWord(task, 'GENERATE_AUDIO_FAILED'),
	type: 'GENERATE',
	operationType: operations[task.model.slice(root.length)] ?? 'generate',
	...errorOf(task),
});

/** Null at first; the first track from FIRST_SUCCESS on; both at the end; none after a failure. */
function response(task: SimTask): Json {
	const responseWith = (urls: string[]): JsonObject => ({
		taskId: task.id,
		sunoData: tracksOf(task.input, urls).map((track) => camelTrack(track, task)),
	});
	if (task.state === 'running') return task.milestone ? responseWith(task.urls.slice(0, task.milestone.files)) : null;
	return task.state === 'fail' ? responseWith([]) : result(task, responseWith(task.urls), responseWith([]));
}

/** The callback of a milestone or of the result of a song; `sources` as in snakeTrack. */
const songCallback =
	(callbackType: string, tracks: (task: SimTask) => Track[], sources: boolean) =>
	(task: SimTask): JsonObject => {
		const isFailed = task.state === 'fail';
		const data = result(
			{ ...task, state: isFailed ? 'fail' : 'success' },
			tracks(task).map((track) => snakeTrack(track, task.createdAt, sources)),
			[],
		);
		return {
			...outcome(task, messageOf[callbackType]),
			data: { callbackType: isFailed ? 'error' : callbackType, task_id: task.id, data },
		};
	};

/** Only the last one is documented. */
const messageOf: Record<string, string> = {
	text: 'Text generated successfully.',
	first: 'First track generated successfully.',
	complete: 'All generated successfully.',
};

/** Before the first audio there are only lyrics; no sample of that callback is documented. */
const wordsOnly = (task: SimTask): Track[] =>
	tracksOfTask(task).map((track) => ({ ...track, audio: '', stream: '', image: '' }));

/** The milestones of songs, and their callbacks. `onlyAtEnd`: milestones have no callbacks. */
export function songEvents(
	sources = false,
	onlyAtEnd = false,
): {
	milestones: Milestone[];
	callbackBody: (task: SimTask) => JsonObject;
} {
	const milestone = (name: string, at: number, files: number, body: Milestone['callbackBody']): Milestone => ({
		name,
		at,
		files,
		...(!onlyAtEnd && body && { callbackBody: body }),
	});
	return {
		milestones: [
			milestone('TEXT_SUCCESS', 1 / 3, 0, songCallback('text', wordsOnly, sources)),
			milestone(
				'FIRST_SUCCESS',
				2 / 3,
				3,
				songCallback('first', (task) => tracksOfTask(task).slice(0, 1), sources),
			),
		],
		callbackBody: songCallback('complete', tracksOfTask, sources),
	};
}

const failing = (failCode: string, failMsg: string): Fate => ({ end: 'fail', failCode, failMsg });

/** Recorded: a file that cannot be fetched fails the task. The code and the message are ours. */
export function unreachable(input: JsonObject, world: World): Fate | undefined {
	const rest = omit(input, 'callBackUrl');
	const isUnreachable = strings(rest).some((text) => /^https?:\/\/[^/]*\.invalid\b/.test(text));
	return world.checkMedia && (isUnreachable || namesMissing(world, rest))
		? failing('500', messages[451] ?? '')
		: undefined;
}

/** Recorded: an extension of a track that does not exist is accepted, and fails. */
export function extendFate(input: JsonObject, world: World): Fate | undefined {
	const parent = trackById(world, String(fieldOf(input, 'audioId')));
	if (!parent) return failing('500', 'The audio does not exist');
	const { model } = parent.task.input;
	if (model !== undefined && model !== input.model)
		return failing('400', `The track was generated with ${String(model)}`);
	const at = fieldOf(input, 'continueAt');
	if (at === undefined || Number(at) < parent.track.duration) return undefined;
	return failing('400', 'continueAt must be less than the length of the track');
}

/** Rejects replacing a section of a track that does not exist; the message is assumed. */
export function withoutTrack({ world, body }: CreateCall): Answer | undefined {
	return fieldOf(body, 'taskId') === undefined || trackOf(world, body) ? undefined : unknownRecord();
}

const song = (
	path: SunoPath,
	options: { sources?: boolean; onlyAtEnd?: boolean; fate?: typeof unreachable; override?: typeof withoutTrack } = {},
): Route => {
	const { sources, onlyAtEnd, fate = unreachable, override } = options;
	return createRoute(root + path, {
		api: 'suno-song',
		check: sunoCheck(path),
		credits: 12,
		results: () => songFiles,
		...songEvents(sources, onlyAtEnd),
		fate,
		...(override && { override }),
	});
};

export const songRoutes: Route[] = [
	song('/generate'),
	song('/generate/extend', { fate: extendFate }),
	song('/generate/upload-cover', { sources: true }),
	song('/generate/upload-extend', { sources: true }),
	song('/generate/add-instrumental'),
	song('/generate/add-vocals'),
	song('/generate/mashup'),
	song('/generate/sounds'),
	song('/generate/replace-section', { onlyAtEnd: true, override: withoutTrack }),
	recordRoute(`${root}/generate/record-info`, {
		api: 'suno-song',
		record,
		state: 'status',
		unknown: emptyRecord,
		admits: admitsSunoRead,
	}),
];
