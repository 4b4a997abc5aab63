import type { Model } from '../shared/catalogue/types';

/** How long to wait for a song at the most, unless the user says otherwise. */
export const TIME_LIMIT_MINUTES = 15;

/** The form of the operations that fetch an earlier task. */
export const earlierTask: Pick<Model, 'input' | 'media'> = {
	input: {
		required: ['taskId'],
		properties: { taskId: { type: 'string', description: 'The task to fetch', fromItem: '{{ $json.taskId }}' } },
	},
	media: {},
};
