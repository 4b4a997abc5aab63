import { asText, parseObject } from '../json';
import type { JsonObject } from '../json';
import type { Adapter, Milestone } from './adapter';
import { flatCreate, readByTaskId } from './adapter';
import { objectsIn, parseWordRecord, toTrack, trackNames } from './sunoRecords';
import { urlsIn } from './taskStatus';

/** The states of a song that has reached a milestone and is not complete. */
const STATES_AFTER: Record<Milestone, string[]> = {
	all: [],
	first: ['FIRST_SUCCESS'],
	text: ['TEXT_SUCCESS', 'FIRST_SUCCESS'],
};

/** Songs: generate, extend, cover and whatever else makes tracks (https://docs.kie.ai/suno-api/get-music-details). */
export const sunoMusic: Adapter = {
	displayName: 'Suno Music',
	create: flatCreate('/api/v1/generate'),
	read: readByTaskId('/api/v1/generate/record-info'),
	parseRecord: (record, milestone = 'all') => {
		const tracks = objectsIn(parseObject(record.response)?.sunoData).map(toTrack);
		const finished = tracks.filter(({ audioUrl }) => asText(audioUrl) !== undefined);
		const word = asText(record.status) ?? '';
		const isAtMilestone = STATES_AFTER[milestone].includes(word) && tracks.length > 0;
		const returned = isAtMilestone ? tracks : finished;
		const urls = finished.flatMap(({ audioUrl }) => urlsIn(audioUrl));
		const details: JsonObject = returned.length > 0 ? { tracks: returned } : {};
		const status = parseWordRecord(record, isAtMilestone ? 'SUCCESS' : word, urls, details);
		return { ...status, fileNames: trackNames(finished) };
	},
};
