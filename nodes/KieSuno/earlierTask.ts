import type { Model } from '../shared/catalogue/types';

/** The default time limit of a song, in minutes. */
export const TIME_LIMIT_MINUTES = 15;

/** The form of the operations that get an earlier task. */
export const earlierTask: Pick<Model, 'input' | 'media'> = {
	input: {
		required: ['taskId'],
		properties: { taskId: { type: 'string', description: 'ID of the earlier task', refersTo: 'task' } },
	},
	media: {},
};
