import { kindKey, taskKind } from '../../nodes/shared/tasks/taskKinds';

const task = {
	api: 'market',
	model: 'kling-3.0/video',
	input: { prompt: 'A fox', duration: '5', mode: 'pro' },
} as const;
const withInput = (input: Record<string, string | number>) => ({ ...task, input: { ...task.input, ...input } });

describe('the kind of a task', () => {
	it('is the same for another prompt', () => {
		expect(kindKey(withInput({ prompt: 'An owl', image_url: 'https://example.com/a.png' }))).toBe(kindKey(task));
	});

	it.each([
		['model', { ...task, model: 'kling-2.6/text-to-video' }],
		['API', { ...task, api: 'runway' as const }],
		['duration', withInput({ duration: '10' })],
		['mode', withInput({ mode: 'std' })],
		['resolution', withInput({ resolution: '1080p' })],
		['number of images', withInput({ n: 4 })],
		['milestone', { ...task, milestone: 'text' as const }],
	])('differs with another %s', (_name, other) => {
		expect(kindKey(other)).not.toBe(kindKey(task));
	});

	it('is shared by the tasks of an account, and not with other accounts', () => {
		const kind = taskKind('a', kindKey(task), 60_000);
		expect(taskKind('a', kindKey(withInput({ prompt: 'An owl' })), 60_000)).toBe(kind);
		expect(taskKind('b', kindKey(task), 60_000)).not.toBe(kind);
	});
});
