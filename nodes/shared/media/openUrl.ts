import { isObject, asText } from '../json';
import { apiBaseUrl } from '../api/account';
import { isPrivateAddress } from '../api/privateAddress';
import type { TaskContext } from '../api/request';
import { isStream } from '../api/streamResponse';
import type { Stream } from '../api/streamResponse';
import { isHttpUrl } from './references';

/** How long the connection may be idle. */
const STALLED_MS = 60_000;
const MAX_REDIRECTS = 5;

/** The response to a request for a file. `refused`: the URL, or one that it redirects to, is not requested at all. */
export type OpenedUrl =
	| { kind: 'ok'; status: number; headers: Record<string, unknown>; body: Stream }
	| { kind: 'refused'; reason: string }
	| { kind: 'noBody' };

/**
 * Requests a file, without the API key. Every URL of a chain of redirects is checked, because all of them come from
 * outside: only http and https, and private addresses only if Kie's API itself has one, such as a simulator's.
 */
export async function openUrl(context: TaskContext, url: string, signal: AbortSignal): Promise<OpenedUrl> {
	const allowsPrivate = isPrivateAddress(await apiBaseUrl(context));
	let target = url;
	for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
		if (!isHttpUrl(target)) return refused('its URL does not start with http:// or https://', target);
		if (!allowsPrivate && isPrivateAddress(target)) return refused('its URL has a private address', target);
		const response: unknown = await context.helpers.httpRequest({
			method: 'GET',
			url: target,
			// The size of a compressed response could not be compared with its Content-Length.
			headers: { 'Accept-Encoding': 'identity' },
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout: STALLED_MS,
			abortSignal: signal,
		});
		if (!isObject(response) || !isStream(response.body)) return { kind: 'noBody' };
		const status = Number(response.statusCode);
		const headers = isObject(response.headers) ? response.headers : {};
		const location = status >= 300 && status < 400 ? asText(headers.location) : undefined;
		if (location === undefined) return { kind: 'ok', status, headers, body: response.body };
		response.body.destroy();
		target = URL.canParse(location, target) ? new URL(location, target).href : location;
	}
	return { kind: 'refused', reason: `it is redirected more than ${MAX_REDIRECTS} times` };
}

function refused(problem: string, url: string): OpenedUrl {
	return { kind: 'refused', reason: `${problem} (${url.slice(0, 80)})` };
}
