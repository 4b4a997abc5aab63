/** Server-sent events from a text that arrives in pieces (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
interface EventStreamParser {
	/** Adds the next piece and returns the data of the events that it completes. */
	push(piece: string): string[];
	/** The data of an event that the end of the stream leaves without its blank line. */
	flush(): string[];
}

export function eventStreamParser(): EventStreamParser {
	let line = '';
	let data: string[] = [];
	let isAfterReturn = false;

	const endLine = (): string[] => {
		const complete = line;
		line = '';
		if (complete === '') {
			const event = data;
			data = [];
			return event.length > 0 ? [event.join('\n')] : [];
		}
		const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(complete) ?? [];
		if (field === 'data') data.push(value);
		return [];
	};

	return {
		push(piece) {
			const events: string[] = [];
			// A line ends with CR, LF or both; the two of a pair may arrive in different pieces.
			for (const [index, part] of piece.split(/(\r\n|\n|\r)/).entries()) {
				if (index % 2 === 0) {
					if (part !== '') isAfterReturn = false;
					line += part;
				} else {
					if (!(part === '\n' && isAfterReturn && line === '')) events.push(...endLine());
					isAfterReturn = part === '\r';
				}
			}
			return events;
		},
		flush: () => [...(line === '' ? [] : endLine()), ...endLine()],
	};
}
