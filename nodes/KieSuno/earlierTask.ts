import { toParameter } from '../shared/form/fieldParameter';

/** The default time limit of a song, in minutes. */
export const TIME_LIMIT_MINUTES = 15;

/** The one field of the operations that get what an earlier task created. */
export const earlierTaskId = toParameter(
	'taskId',
	{ type: 'string', description: 'ID of the earlier task', refersTo: 'task' },
	{ required: true },
);
