import type { Adapter } from './adapter';
import { flatCreate, readByTaskId } from './adapter';
import { parseTrackFile } from './sunoRecords';

/** A music video for a track (https://docs.kie.ai/suno-api/get-music-video-details). */
export const sunoVideo: Adapter = {
	displayName: 'Suno Music Video',
	create: flatCreate('/api/v1/mp4/generate'),
	read: readByTaskId('/api/v1/mp4/record-info'),
	parseRecord: (record) => parseTrackFile(record, 'videoUrl'),
};
