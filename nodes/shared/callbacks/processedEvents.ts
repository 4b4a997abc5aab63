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
	/** What is stored of them: one object for all deliveries, so that whichever n8n saves last has all. */
	stored: StoredEvents;
	/** Entries of events whose workflow was not started after all: another delivery may have stored them before. */
	forgotten: Set<string>;
}

/** The newest events, the oldest first, as one text: n8n handles each field of its static data several times per delivery. */
interface StoredEvents {
	list: string;
}

/** An event in the list: its key, and its time in seconds. */
const entryOf = ([key, seconds]: [string, number]): string => `${key}=${seconds} `;
const KEY_LENGTH = 16;
const ENTRY_LENGTH = KEY_LENGTH + '=1234567890 '.length;

const triggers = new Map<string, TriggerEvents>();

/** The events for which a trigger has started its workflow: those of this process, and those stored with the workflow. */
export interface ProcessedEvents {
	has(event: string): boolean;
	/** The workflow is to be started. */
	add(event: string): void;
	/** The workflow was not started after all. */
	forget(event: string): void;
	/** Puts the events that n8n is starting, and those before them, into the static data, so that they survive a restart of n8n. */
	store(starting: string[]): void;
}

/** `staticData` is what n8n keeps for the trigger; each delivery has a copy of its own. `now` in milliseconds. */
export function processedEvents(
	trigger: string,
	staticData: { processedEvents?: unknown },
	now: number,
): ProcessedEvents {
	const seconds = Math.floor(now / 1000);
	const events: TriggerEvents = triggers.get(trigger) ?? {
		times: new Map(),
		stored: { list: '' },
		forgotten: new Set(),
	};
	triggers.set(trigger, events);
	addStored(events, staticData, seconds);
	return {
		has: (event) => events.times.has(keyOf(event)),
		add: (event) => {
			events.times.set(keyOf(event), seconds);
			dropOldest(events, seconds);
		},
		forget: (event) => {
			const key = keyOf(event);
			const entry = entryOf([key, events.times.get(key) ?? 0]);
			events.stored.list = events.stored.list.replace(entry, '');
			events.times.delete(key);
			events.forgotten.add(entry);
			const [oldest] = events.forgotten;
			if (events.forgotten.size > MAX_STORED && oldest !== undefined) events.forgotten.delete(oldest);
		},
		store: (starting) => {
			const entries = starting.map(keyOf).flatMap((key) => {
				const time = events.times.get(key);
				return time === undefined ? [] : [entryOf([key, time])];
			});
			events.stored.list = [events.stored.list, ...entries].join('').slice(-MAX_STORED * ENTRY_LENGTH);
			staticData.processedEvents = events.stored;
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
function addStored(
	events: TriggerEvents,
	{ processedEvents: stored }: { processedEvents?: unknown },
	now: number,
): void {
	const unknown = readStored(stored).filter(
		([key, seconds]) =>
			!events.times.has(key) && !events.forgotten.has(entryOf([key, seconds])) && now - seconds < MAX_AGE_SECONDS,
	);
	if (unknown.length === 0) return;
	events.times = new Map([...unknown, ...events.times].sort(byTime).slice(-MAX_REMEMBERED));
	const all = [...unknown, ...readStored(events.stored)].sort(byTime);
	events.stored.list = all.slice(-MAX_STORED).map(entryOf).join('');
}

/** The keys and times in the static data. Earlier versions stored an object of the times by key. */
function readStored(stored: unknown): Array<[string, number]> {
	if (!isObject(stored)) return [];
	const entries =
		typeof stored.list === 'string'
			? stored.list.split(' ').map((entry) => [entry.slice(0, KEY_LENGTH), entry.slice(KEY_LENGTH + 1)] as const)
			: Object.entries(stored);
	return entries.flatMap(([key, value]): Array<[string, number]> => {
		const seconds = asNumber(value);
		return seconds === undefined ? [] : [[key, seconds]];
	});
}

const byTime = ([, a]: [string, number], [, b]: [string, number]) => a - b;

/** Short, because thousands are stored. */
function keyOf(event: string): string {
	return createHash('sha256').update(event).digest('base64url').slice(0, KEY_LENGTH);
}
