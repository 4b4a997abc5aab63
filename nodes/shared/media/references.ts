import { isObject, parseJson } from '../json';
import type { Json } from '../json';
import { isInputUrl, unusableUrl } from './inputUrl';

/** A file that the user names: a URL, or a binary field of the item to upload. `unknown` is neither, or a URL that is not
 * on the web. */
export type MediaReference =
	{ kind: 'url'; url: string } | { kind: 'binary'; name: string } | { kind: 'unknown'; text: string };

/** Marks the placeholder of a binary field that is not uploaded yet. */
export const BINARY_PREFIX = 'binary://';

/** A URL with any protocol, such as `https://` or `asset://`. */
export function isUrl(text: string): boolean {
	return /^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(text);
}

/** A URL that can be requested over the web. */
export function isHttpUrl(text: string): boolean {
	return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text);
}

/**
 * Splits a text into URLs and names of binary fields, separated by commas or line breaks. A URL may itself contain
 * commas, so after one a comma separates only before whitespace or another URL.
 */
export function splitReferences(text: string): string[] {
	return text
		.split(/[\r\n]|,(?=\s|[a-z][a-z0-9+.-]*:\/\/)/i)
		.flatMap((part) => (isUrl(part.trim()) ? [part] : part.split(',')))
		.map((part) => part.trim())
		.filter(Boolean);
}

/**
 * Reads the value of a file field: text, a list from an expression, or objects with a `url`. The order is kept.
 * `single` is a field of one file, whose text is not split.
 */
export function readReferences(value: Json, binaryFields: string[], single: boolean): MediaReference[] {
	return flatTexts(value, single).map((text) => {
		if (isUrl(text)) return isInputUrl(text) ? { kind: 'url', url: text } : { kind: 'unknown', text };
		return binaryFields.includes(text) ? { kind: 'binary', name: text } : { kind: 'unknown', text };
	});
}

/** The maximum for a text with several references. A longer one is something else, such as a data URL. */
const MAX_LIST_LENGTH = 100_000;

function flatTexts(value: Json, single: boolean): string[] {
	if (Array.isArray(value)) return value.flatMap((entry) => flatTexts(entry, true));
	if (isObject(value)) return [typeof value.url === 'string' ? value.url : JSON.stringify(value)];
	const text = String(value ?? '').trim();
	if (single || text.length > MAX_LIST_LENGTH) return [text].filter(Boolean);
	const list = text.startsWith('[') ? parseJson(text) : undefined;
	return list === undefined ? splitReferences(text) : flatTexts(list, true);
}

/** The message for a reference that is neither a URL that Kie can use nor a binary field of the item. */
export function unknownReference(label: string, text: string, binaryFields: string[]): string {
	if (isUrl(text)) return unusableUrl(label, text);
	const available = binaryFields.length > 0 ? `available: ${binaryFields.join(', ')}` : 'the item has none';
	return `'${label}' must be a URL or the name of a binary field (got ${text.slice(0, 80)}, ${available})`;
}
