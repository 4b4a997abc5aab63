import type { ChatDelta } from './chatTypes';

/** The deltas of a reply on their way to whoever shows them. */
interface DeltaMask {
	push(delta: ChatDelta): void;
	/** There are no more deltas. */
	end(): void;
}

const MASK = '…';

/**
 * Removes the API key from the text of the deltas. The key may arrive in several of them, so an end of the text that may
 * be its beginning waits for the next delta.
 */
export function maskDeltas(apiKey: string, onDelta: (delta: ChatDelta) => void): DeltaMask {
	const held = { text: '', reasoning: '' };
	const pass = (type: ChatDelta['type'], text: string) => {
		if (text !== '') onDelta({ type, text });
	};
	return {
		push: ({ type, text }) => {
			const masked = apiKey === '' ? text : (held[type] + text).replaceAll(apiKey, MASK);
			const end = masked.length - startOfKey(masked, apiKey);
			held[type] = masked.slice(end);
			pass(type, masked.slice(0, end));
		},
		end: () => {
			pass('reasoning', held.reasoning);
			pass('text', held.text);
		},
	};
}

/** How many characters at the end of a text are the beginning of the key. */
function startOfKey(text: string, apiKey: string): number {
	for (let length = apiKey.length - 1; length > 0; length--) if (text.endsWith(apiKey.slice(0, length))) return length;
	return 0;
}
