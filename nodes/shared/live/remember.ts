/**
 * Remembers responses for `ms` milliseconds, by key. Whoever asks while a request runs waits for its response; a failed
 * request is repeated by the next one who asks.
 */
export function rememberFor<T>(ms: number): (key: string, request: () => Promise<T>) => Promise<T> {
	const remembered = new Map<string, { response: Promise<T>; until: number }>();
	return async (key, request) => {
		const now = Date.now();
		for (const [other, { until }] of remembered) if (until <= now) remembered.delete(other);
		const recent = remembered.get(key);
		if (recent) return await recent.response;
		const response = request();
		remembered.set(key, { response, until: now + ms });
		response.catch(() => remembered.delete(key));
		return await response;
	};
}
