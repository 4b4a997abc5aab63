import { isMetadataAddress } from '../api/privateAddress';

/** A URL that Kie can use as input: on the web, or an asset of the account (https://docs.kie.ai/market/bytedance/seedance-2). */
export function isInputUrl(url: string): boolean {
	return /^(https?|asset):/i.test(url) && !isMetadataAddress(url);
}

/** The message for a URL that Kie cannot use. */
export function unusableUrl(label: string, url: string): string {
	return `'${label}' must be a public URL that starts with http:// or https:// (got ${url.slice(0, 80)})`;
}
