import { createHash } from 'node:crypto';
import { isObject, asNumber } from '../json';

/** The events of tasks that have started a workflow, with the time in seconds, the oldest first. */
type Seen = Map<string, number>;

/** Kie repeats within minutes; a day is plenty, and covers whoever sends an old callback again. */
const MAX_AGE_SECONDS = 24 * 3600;
/** What this process remembers of one trigger. */
const MAX_REMEMBERED = 10_000;
/** What is stored with the workflow, which n8n writes whole for each event. */
const MAX_STORED = 1_000;

/** By trigger. n8n gives each delivery its own copy of what is stored, so only the process itself knows of those at the same moment. */
const remembered = new Map<string, Seen>();

/** What a trigger has seen: in this process, and stored with the workflow so that it outlives a restart of n8n. */
interface ProcessedEvents {
	has(event: string): boolean;
	add(event: string): void;
	/** The workflow was not started after all. */
	forget(event: string): void;
}

/** `stored` is the trigger's static data, which n8n saves once a delivery is answered. */
export function processedEvents(trigger: string, stored: { seen?: unknown }, now: number): ProcessedEvents {
	const seconds = Math.floor(now / 1000);
	const isFresh = ([, at]: [string, number]) => seconds - at < MAX_AGE_SECONDS;
	const known: Seen = remembered.get(trigger) ?? new Map();
	remembered.set(trigger, known);
	const isKnown = (key: string) => known.has(key) || asNumber(storedSeen(stored)[key]) !== undefined;
	return {
		has: (event) => isKnown(keyOf(event)),
		add: (event) => {
			const own = Object.entries(storedSeen(stored)).map(([key, at]): [string, number] => [key, asNumber(at) ?? 0]);
			const all = [...new Map([...known, ...own, [keyOf(event), seconds]])].filter(isFresh).sort(byTime);
			known.clear();
			for (const [key, at] of all.slice(-MAX_REMEMBERED)) known.set(key, at);
			stored.seen = Object.fromEntries(all.slice(-MAX_STORED));
		},
		forget: (event) => {
			known.delete(keyOf(event));
		},
	};
}

const byTime = ([, a]: [string, number], [, b]: [string, number]) => a - b;

function storedSeen({ seen }: { seen?: unknown }): Record<string, unknown> {
	return isObject(seen) ? seen : {};
}

/** Short, because up to thousands are stored. */
function keyOf(event: string): string {
	return createHash('sha256').update(event).digest('base64url').slice(0, 16);
}
