import type { ChatDelta } from '../../nodes/shared/chat/chatTypes';
import { maskDeltas } from '../../nodes/shared/chat/maskDeltas';

const KEY = 'key-key-123';

function mask(pieces: string[], apiKey = KEY): string[] {
	const received: ChatDelta[] = [];
	const deltas = maskDeltas(apiKey, (delta) => received.push(delta));
	for (const text of pieces) deltas.push({ type: 'text', text });
	deltas.end();
	return received.map(({ text }) => text);
}

describe('the deltas of a reply', () => {
	it.each(Array.from({ length: KEY.length + 1 }, (_, at) => at))(
		'mask a key that is split after %i characters',
		(at) => {
			const text = `a ${KEY} b`;
			expect(mask([text.slice(0, at + 2), text.slice(at + 2)]).join('')).toBe('a … b');
			expect(mask([...text]).join('')).toBe('a … b');
		},
	);

	it('pass immediately unless they end like a key begins, and are complete', () => {
		expect(mask(['The ', 'k', 'ettle', ' key-key', '-1'])).toEqual(['The ', 'kettle', ' ', 'key-key-1']);
		expect(mask(['All ', 'as it is'], '')).toEqual(['All ', 'as it is']);
	});
});
