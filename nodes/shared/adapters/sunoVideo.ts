import type { Adapter } from './adapter';
import { flatCreate, readByTaskId } from './adapter';
import { hasField } from './callbackFormat';
import { parseTrackFile, toWordRecord } from './sunoRecords';
import { TEXT } from './resultShape';

/** A music video for a track (https://docs.kie.ai/suno-api/get-music-video-details). */
export const sunoVideo: Adapter = {
	displayName: 'Suno Music Video',
	result: { fields: { audioId: TEXT } },
	create: flatCreate('/api/v1/mp4/generate'),
	read: readByTaskId('/api/v1/mp4/record-info'),
	parseRecord: (record) => parseTrackFile(record, 'videoUrl'),
	callback: {
		idFields: ['data.task_id'],
		// Those of Runway have the ID of the video as well.
		matches: (callback) => hasField(callback, 'video_url') && !hasField(callback, 'video_id'),
		toRecord: (callback) => toWordRecord(callback, { videoUrl: callback.data.video_url ?? null }),
	},
};
