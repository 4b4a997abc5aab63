/** Counts events in a sliding window, for each name on its own. */
export class RateWindow {
	private readonly seen = new Map<string, number[]>();

	constructor(
		private readonly limit: number,
		private readonly seconds: number,
	) {}

	/** Whether one more is allowed now; it counts only then. */
	admits(name: string): boolean {
		const now = Date.now();
		const recent = (this.seen.get(name) ?? []).filter((at) => now - at < this.seconds * 1000);
		const admitted = recent.length < this.limit;
		if (admitted) recent.push(now);
		this.seen.set(name, recent);
		return admitted;
	}
}
