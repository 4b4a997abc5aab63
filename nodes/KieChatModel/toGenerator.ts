/** What `work` reports while it goes on, piece by piece, and in the end what it gives. */
export async function* toGenerator<T, R>(work: (report: (piece: T) => void) => Promise<R>): AsyncGenerator<T, R> {
	const pieces: T[] = [];
	let isDone = false;
	let wake = () => {};
	const result = work((piece) => {
		pieces.push(piece);
		wake();
	}).finally(() => {
		isDone = true;
		wake();
	});
	// Nobody may be left to hear of a fault once the reader has gone.
	result.catch(() => {});
	for (;;) {
		yield* pieces.splice(0);
		if (isDone && pieces.length === 0) return await result;
		if (pieces.length === 0) await new Promise<void>((resolve) => (wake = resolve));
	}
}
