import { asText, parseObject } from '../json';
import type { JsonObject } from '../json';
import type { Adapter } from './adapter';
import { flatCreate, readByTaskId } from './adapter';
import type { CallbackBody, EarlyMilestone } from './callbackFormat';
import { failureFields, hasField } from './callbackFormat';
import { hasLyrics } from './sunoLyrics';
import { FAILED_WORD, objectsIn, parseWordRecord, toTrack, trackNames, TRACKS } from './sunoRecords';
import { urlsIn } from './taskStatus';

/** The states of a song before it is complete, in order. */
const EARLY_STATES = ['PENDING', 'TEXT_SUCCESS', 'FIRST_SUCCESS'];
const STATE_OF_MILESTONE: Record<EarlyMilestone, string> = { text: 'TEXT_SUCCESS', first: 'FIRST_SUCCESS' };

function isBefore(state: string, milestone: EarlyMilestone): boolean {
	const index = EARLY_STATES.indexOf(state);
	return index >= 0 && index < EARLY_STATES.indexOf(STATE_OF_MILESTONE[milestone]);
}

/** A milestone has the name of the type of its callback. */
function milestoneOf({ isSuccess, data: { callbackType } }: CallbackBody): EarlyMilestone | undefined {
	return isSuccess && (callbackType === 'text' || callbackType === 'first') ? callbackType : undefined;
}

/** Songs: generate, extend, cover and whatever else generates tracks (https://docs.kie.ai/suno-api/get-music-details). */
export const sunoMusic: Adapter = {
	displayName: 'Suno Music',
	result: TRACKS,
	create: flatCreate('/api/v1/generate'),
	read: readByTaskId('/api/v1/generate/record-info'),
	parseRecord: (record, milestone = 'all') => {
		const tracks = objectsIn(parseObject(record.response)?.sunoData).map(toTrack);
		const finished = tracks.filter(({ audioUrl }) => asText(audioUrl) !== undefined);
		const state = asText(record.status) ?? '';
		const isEarly = milestone !== 'all' && EARLY_STATES.includes(state) && !isBefore(state, milestone);
		const isUsable = isEarly && tracks.length > 0;
		const returned = isUsable ? tracks : finished;
		const urls = finished.flatMap(({ audioUrl }) => urlsIn(audioUrl));
		const details: JsonObject = returned.length > 0 ? { tracks: returned } : {};
		const status = parseWordRecord(record, isUsable ? 'SUCCESS' : state, urls, details);
		return { ...status, fileNames: trackNames(finished) };
	},
	hasReached: ({ status }, milestone) => !isBefore(asText(status) ?? '', milestone),
	callback: {
		idFields: ['data.task_id'],
		// Only callbacks of songs and of lyrics have a type. A failed song has the type `error`, failed lyrics `complete`.
		matches: (callback) =>
			hasField(callback, 'callbackType') &&
			!hasLyrics(callback) &&
			(callback.isSuccess || callback.data.callbackType !== 'complete'),
		couldMatch: (callback) => hasField(callback, 'callbackType') && !callback.isSuccess,
		toRecord: (callback) => {
			const milestone = milestoneOf(callback);
			const finalState = callback.isSuccess ? 'SUCCESS' : FAILED_WORD;
			const status = milestone === undefined ? finalState : STATE_OF_MILESTONE[milestone];
			return { status, ...failureFields(callback), response: { sunoData: callback.data.data ?? null } };
		},
		milestone: milestoneOf,
	},
};
