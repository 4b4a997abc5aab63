import { createHash } from 'node:crypto';

import { asNumber, isObject } from '../json';

/** Kie repeats a callback within minutes; a day covers old callbacks that somebody sends again, too. */
const MAX_AGE_SECONDS = 24 * 3600;
/** Events per trigger that this process remembers. */
const MAX_REMEMBERED = 10_000;
/** Events that are stored with the workflow, which n8n writes whole each time. */
const MAX_STORED = 1_000;

/** The events of a trigger in this process. */
interface TriggerEvents {
	/** Their times in seconds, the oldest first. */
	times: Map<string, number>;
	/** What is to be stored of them, until they change: a delivery stores them several times. */
	newest?: Record<string, number>;
}

const triggers = new Map<string, TriggerEvents>();

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
	const events: TriggerEvents = triggers.get(trigger) ?? { times: new Map() };
	triggers.set(trigger, events);
	addStored(events, staticData);
	return {
		has: (event) => events.times.has(keyOf(event)),
		add: (event) => {
			events.times.set(keyOf(event), seconds);
			events.newest = undefined;
			dropOldest(events, seconds);
		},
		forget: (event) => {
			events.times.delete(keyOf(event));
			events.newest = undefined;
		},
		store: () => {
			events.newest ??= Object.fromEntries([...events.times].slice(-MAX_STORED));
			staticData.processedEvents = events.newest;
		},
	};
}

/** Drops what is too old or too much. */
function dropOldest({ times }: TriggerEvents, seconds: number): void {
	for (const [key, at] of times) {
		if (times.size <= MAX_REMEMBERED && seconds - at < MAX_AGE_SECONDS) break;
		times.delete(key);
	}
}

/** Adds the events that are stored with the workflow, and that this process does not know: those from before a restart. */
function addStored(events: TriggerEvents, { processedEvents: stored }: { processedEvents?: unknown }): void {
	if (!isObject(stored)) return;
	const unknown = Object.keys(stored).flatMap((key): Array<[string, number]> => {
		if (events.times.has(key)) return [];
		const seconds = asNumber(stored[key]);
		return seconds === undefined ? [] : [[key, seconds]];
	});
	if (unknown.length === 0) return;
	const newest = [...unknown, ...events.times].sort(byTime).slice(-MAX_REMEMBERED);
	events.times = new Map(newest);
	events.newest = undefined;
}

const byTime = ([, a]: [string, number], [, b]: [string, number]) => a - b;

/** Short, because thousands are stored. */
function keyOf(event: string): string {
	return createHash('sha256').update(event).digest('base64url').slice(0, 16);
}
