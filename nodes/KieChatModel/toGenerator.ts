/** Turns a callback into a generator: yields what `work` emits while it runs, and returns its result. */
export async function* toGenerator<T, R>(work: (emit: (value: T) => void) => Promise<R>): AsyncGenerator<T, R> {
	const values: T[] = [];
	let isDone = false;
	let wake = () => {};
	const result = work((value) => {
		values.push(value);
		wake();
	}).finally(() => {
		isDone = true;
		wake();
	});
	// A consumer that stops early does not get its rejection.
	result.catch(() => {});
	for (;;) {
		yield* values.splice(0);
		if (isDone && values.length === 0) return await result;
		if (values.length === 0) await new Promise<void>((resolve) => (wake = resolve));
	}
}
