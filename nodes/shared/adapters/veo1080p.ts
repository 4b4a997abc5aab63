import { asText, compact } from '../json';
import type { Adapter } from './adapter';
import { toStatus, urlsIn } from './taskStatus';

/** The 1080p version of a finished Veo video: Kie generates it without a request, and it exists some minutes later (https://docs.kie.ai/veo3-api/get-veo-3-1080p-video). */
export const veo1080p: Adapter = {
	displayName: 'Veo 1080p',
	create: (_model, { taskId }) => ({ kind: 'existing', taskId: asText(taskId) ?? '' }),
	readsInput: ['index'],
	read: (taskId, { index }) => ({
		method: 'GET',
		path: '/api/v1/veo/get-1080p-video',
		qs: compact({ taskId, index }),
	}),
	// Refused until the video exists.
	parseRead: (response) => {
		if (response.kind === 'ok') return undefined;
		const { code, reason } = response.failure;
		return code === 400 || /processing/i.test(reason) ? { kind: 'pending' } : undefined;
	},
	parseRecord: ({ resultUrl }) => toStatus({ state: 'success', urls: urlsIn(resultUrl), details: {} }),
};
