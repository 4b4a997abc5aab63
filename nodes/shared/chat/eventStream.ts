/** Server-sent events from a text that arrives in pieces (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
interface EventStreamParser {
	/** Adds the next piece and returns the data of the events that it completes. */
	push(piece: string): string[];
	/** The data of an event that the end of the stream leaves without its blank line. */
	flush(): string[];
}

const DATA = 'data:';

/** A parser at the beginning of a stream. It takes linear time, and keeps no more than the event that has not ended. */
export function eventStreamParser(): EventStreamParser {
	/** The line that has not ended yet. */
	let line = '';
	let data: string[] = [];
	let isAfterReturn = false;

	/** Ends the line and returns the data of the event that it completes: a blank line ends an event. */
	const endLine = (): string[] => {
		const complete = line;
		line = '';
		if (complete.startsWith(DATA)) data.push(complete.slice(DATA.length).replace(/^ /, ''));
		if (complete !== '' || data.length === 0) return [];
		const event = data.join('\n');
		data = [];
		return [event];
	};

	return {
		push(piece) {
			const events: string[] = [];
			let start = 0;
			for (let end = 0; end < piece.length; end++) {
				const char = piece[end];
				// A line ends with CR, LF or both; the two of a pair may arrive in different pieces.
				const isSecondOfPair = isAfterReturn && char === '\n';
				isAfterReturn = char === '\r';
				if (char !== '\n' && char !== '\r') continue;
				line += piece.slice(start, end);
				start = end + 1;
				if (!isSecondOfPair) events.push(...endLine());
			}
			line += piece.slice(start);
			return events;
		},
		flush: () => [...endLine(), ...endLine()],
	};
}
