/** Server-sent events, cut out of a text that comes in pieces (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
interface EventReader {
	/** Takes in the next piece and answers the data of the events that it completes. */
	push(piece: string): string[];
	/** The data of an event that the stream's end has left without its blank line. */
	end(): string[];
}

export function eventStreamParser(): EventReader {
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
			// A line ends with CR, LF or both; the two of a pair may come in different pieces.
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
		end: () => [...(line === '' ? [] : endLine()), ...endLine()],
	};
}
