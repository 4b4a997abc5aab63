import { omit } from 'lodash';
import { type Answer, done, messages } from './answers';
import { strings } from './json';
import { codeOf, creating, failureOf, looking, type Look, outcome, result } from './own-api';
import type { Asked, Route } from './routes';
import { type SunoPath, sunoCheck } from './suno-bodies';
import { camelTrack, given, snakeTrack, songFiles, type Track, tracksOf } from './suno-content';
import { trackById, trackOf, tracksOfTask, unknownRecord } from './suno-parents';
import { namesMissing } from './tasks';
import type { Fate, Json, JsonObject, SimTask, Stage } from './types';
import type { World } from './world';

/** Suno's songs: nine paths, one record, three callbacks a song. */

/** What `operationType` says of each path; that of the last five is a guess. */
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

/** Recorded for songs: an unknown task is no error. */
export const nothing = (): Answer => done(null);

/** Three reads a second at one task. */
export const seldom: Look['admits'] = ({ world }, { id }) => world.sunoReads.admits(id);

/** The word for the state of a task. */
export function stateWord(task: SimTask, failed: string): string {
	if (task.state === 'running') return task.stage?.name ?? 'PENDING';
	if (task.fate.end === 'callback-failed') return 'CALLBACK_EXCEPTION';
	return task.state === 'success' ? 'SUCCESS' : (failureOf(task)?.state ?? failed);
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

/** Nothing at first; the first track from FIRST_SUCCESS on; both at the end; none after a failure. */
function response(task: SimTask): Json {
	const shown = (urls: string[]): JsonObject => ({
		taskId: task.id,
		sunoData: tracksOf(task.input, urls).map((track) => camelTrack(track, task)),
	});
	if (task.state === 'running') return task.stage ? shown(task.urls.slice(0, task.stage.files)) : null;
	return task.state === 'fail' ? shown([]) : result(task, shown(task.urls), shown([]));
}

/** What is said of a song on its way and at its end; `sources` as in snakeTrack. */
const songCallback =
	(callbackType: string, tracks: (task: SimTask) => Track[], sources: boolean) =>
	(task: SimTask): JsonObject => {
		const failed = task.state === 'fail';
		const data = result(
			{ ...task, state: failed ? 'fail' : 'success' },
			tracks(task).map((track) => snakeTrack(track, task.createdAt, sources)),
			[],
		);
		return {
			...outcome(task, said[callbackType]),
			data: { callbackType: failed ? 'error' : callbackType, task_id: task.id, data },
		};
	};

/** Documented for the end only. */
const said: Record<string, string> = {
	text: 'Text generated successfully.',
	first: 'First track generated successfully.',
	complete: 'All generated successfully.',
};

/** Before the first sound there are only words; no sample of that callback is documented. */
const wordsOnly = (task: SimTask): Track[] =>
	tracksOfTask(task).map((track) => ({ ...track, audio: '', stream: '', image: '' }));

/** What songs go through, and what is posted at their end. `quiet`: nothing is posted before. */
export function songEvents(
	sources = false,
	quiet = false,
): {
	stages: Stage[];
	callbackBody: (task: SimTask) => JsonObject;
} {
	const stage = (name: string, at: number, files: number, body: Stage['callbackBody']): Stage => ({
		name,
		at,
		files,
		...(!quiet && body && { callbackBody: body }),
	});
	return {
		stages: [
			stage('TEXT_SUCCESS', 1 / 3, 0, songCallback('text', wordsOnly, sources)),
			stage(
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

/** Recorded: a file that can't be had is found out by the task. The code and the words are ours. */
export function unreachable(input: JsonObject, world: World): Fate | undefined {
	const rest = omit(input, 'callBackUrl');
	const gone = strings(rest).some((text) => /^https?:\/\/[^/]*\.invalid\b/.test(text));
	return world.checkMedia && (gone || namesMissing(world, rest)) ? failing('500', messages[451] ?? '') : undefined;
}

/** Recorded: an extension of a track that is not there is taken, and fails. */
export function extendFate(input: JsonObject, world: World): Fate | undefined {
	const found = trackById(world, String(given(input, 'audioId')));
	if (!found) return failing('500', 'The audio does not exist');
	const { model } = found.task.input;
	if (model !== undefined && model !== input.model) return failing('400', `The track was made with ${String(model)}`);
	const at = given(input, 'continueAt');
	if (at === undefined || Number(at) < found.track.duration) return undefined;
	return failing('400', 'continueAt must be less than the length of the track');
}

/** Whether a section is to be replaced in a track that is not there; the words are assumed. */
export function withoutTrack({ world, body }: Asked): Answer | undefined {
	return given(body, 'taskId') === undefined || trackOf(world, body) ? undefined : unknownRecord();
}

const song = (
	path: SunoPath,
	more: { sources?: boolean; quiet?: boolean; fate?: typeof unreachable; instead?: typeof withoutTrack } = {},
): Route => {
	const { sources, quiet, fate = unreachable, instead } = more;
	return creating(root + path, {
		api: 'suno-song',
		check: sunoCheck(path),
		credits: 12,
		results: () => songFiles,
		...songEvents(sources, quiet),
		fate,
		...(instead && { instead }),
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
	song('/generate/replace-section', { quiet: true, instead: withoutTrack }),
	looking(`${root}/generate/record-info`, {
		api: 'suno-song',
		record,
		state: 'status',
		unknown: nothing,
		admits: seldom,
	}),
];
