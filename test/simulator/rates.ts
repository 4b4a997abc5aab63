/** Counts events in a sliding window, for each name on its own. */
export class RateWindow {
	private readonly requestTimes = new Map<string, number[]>();

	constructor(
		private readonly limit: number,
		private readonly seconds: number,
	) {}

	/** Whether another one is allowed now, which then counts. */
	admits(name: string): boolean {
		const now = Date.now();
		const recent = (this.requestTimes.get(name) ?? []).filter((at) => now - at < this.seconds * 1000);
		const isAdmitted = recent.length < this.limit;
		if (isAdmitted) recent.push(now);
		this.requestTimes.set(name, recent);
		return isAdmitted;
	}
}
