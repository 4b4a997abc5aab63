import { sleep } from 'n8n-workflow';

/** A wait is cut into slices, because the abortable sleep of n8n-workflow differs between its versions. */
const SLICE_MS = 500;

/** Waits `ms` milliseconds or until the signal is aborted. Returns whether the whole time has passed. */
export async function sleepFor(ms: number, signal?: AbortSignal): Promise<boolean> {
	const deadline = Date.now() + ms;
	for (let left = ms; left > 0; left = deadline - Date.now()) {
		if (signal?.aborted) return false;
		await sleep(Math.min(left, SLICE_MS));
	}
	return !signal?.aborted;
}

/** The result of `work`, or undefined as soon as the signal is aborted, even if a request is still in flight. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
	if (signal.aborted) return undefined;
	return await new Promise<T | undefined>((resolve, reject) => {
		const stop = () => resolve(undefined);
		signal.addEventListener('abort', stop, { once: true });
		work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
	});
}

/**
 * The result of `work`, or undefined after so many milliseconds. While a workflow runs, n8n does not abort the requests of
 * a node by its signals, so the signal alone would not end the wait.
 */
export async function withinTime<T>(
	limitMs: number,
	work: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
	const signal = AbortSignal.timeout(limitMs);
	return await unlessAborted(work(signal), signal);
}
