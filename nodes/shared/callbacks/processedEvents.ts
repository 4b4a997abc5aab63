import { createHash } from 'node:crypto';

import { asNumber, isObject } from '../json';

/** Kie repeats a callback within minutes; a day covers old callbacks that somebody sends again, too. */
const MAX_AGE_SECONDS = 24 * 3600;
/** Events per trigger that this process remembers. */
const MAX_REMEMBERED = 10_000;
/** Events that are stored with the workflow, which n8n writes whole each time. */
const MAX_STORED = 1_000;

/** By trigger, the times in seconds of its events, the oldest first. */
const triggers = new Map<string, Map<string, number>>();

/** The events for which a trigger has started its workflow: those of this process, and those stored with the workflow. */
export interface ProcessedEvents {
	has(event: string): boolean;
	add(event: string): void;
	/** The workflow was not started after all. */
	forget(event: string): void;
	/** Puts the newest events into the static data, so that they survive a restart of n8n. */
	store(): void;
}

/** `staticData` is what n8n keeps for the trigger; each delivery has a copy of its own. `now` in milliseconds. */
export function processedEvents(
	trigger: string,
	staticData: { processedEvents?: unknown },
	now: number,
): ProcessedEvents {
	const seconds = Math.floor(now / 1000);
	const events = triggers.get(trigger) ?? new Map<string, number>();
	triggers.set(trigger, events);
	const unknown = storedEvents(staticData).filter(([key]) => !events.has(key));
	if (unknown.length > 0) replace(events, [...unknown, ...events].sort(byTime));
	return {
		has: (event) => events.has(keyOf(event)),
		add: (event) => {
			const fresh = [...events].filter(([, at]) => seconds - at < MAX_AGE_SECONDS);
			replace(events, [...fresh, [keyOf(event), seconds]]);
		},
		forget: (event) => {
			events.delete(keyOf(event));
		},
		store: () => {
			staticData.processedEvents = Object.fromEntries([...events].slice(-MAX_STORED));
		},
	};
}

function replace(events: Map<string, number>, entries: Array<[string, number]>): void {
	events.clear();
	for (const [key, at] of entries.slice(-MAX_REMEMBERED)) events.set(key, at);
}

const byTime = ([, a]: [string, number], [, b]: [string, number]) => a - b;

function storedEvents({ processedEvents: stored }: { processedEvents?: unknown }): Array<[string, number]> {
	const entries = isObject(stored) ? Object.entries(stored) : [];
	return entries.flatMap(([key, at]): Array<[string, number]> => {
		const seconds = asNumber(at);
		return seconds === undefined ? [] : [[key, seconds]];
	});
}

/** Short, because thousands are stored. */
function keyOf(event: string): string {
	return createHash('sha256').update(event).digest('base64url').slice(0, 16);
}
