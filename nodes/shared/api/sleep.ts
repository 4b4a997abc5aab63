import { sleep } from 'n8n-workflow';

/** n8n 2.41 dropped its abortable sleep and the signature differs by version, so a wait is cut into slices. */
const SLICE_MS = 500;

/** Waits `ms` milliseconds, or until the signal is aborted; answers whether the whole time has passed. */
export async function sleepFor(ms: number, signal?: AbortSignal): Promise<boolean> {
	const end = Date.now() + ms;
	for (let left = ms; left > 0; left = end - Date.now()) {
		if (signal?.aborted) return false;
		await sleep(Math.min(left, SLICE_MS));
	}
	return !signal?.aborted;
}

/** What ends with a signal. One listener serves all, because Node.js takes many on one signal for a leak. */
const stopsOf = new WeakMap<AbortSignal, Set<() => void>>();

function newStops(signal: AbortSignal): Set<() => void> {
	const stops = new Set<() => void>();
	stopsOf.set(signal, stops);
	signal.addEventListener('abort', () => stops.forEach((stop) => stop()), { once: true });
	return stops;
}

/** What `work` gives, or undefined once the signal is aborted; n8n's helper can be aborted only by n8n. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
	if (signal.aborted) return undefined;
	const stops = stopsOf.get(signal) ?? newStops(signal);
	return await new Promise<T | undefined>((resolve, reject) => {
		const stop = () => resolve(undefined);
		stops.add(stop);
		work.then(resolve, reject).finally(() => stops.delete(stop));
	});
}
