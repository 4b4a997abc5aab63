import { isObject } from '../json';
import type { Json } from '../json';

/** A file that the user names: an address as it is, or a binary field of the item to be uploaded; or no file at all. */
export type MediaReference = { url: string } | { binary: string } | { unknown: string };

const ADDRESS = /^[a-z][a-z0-9+.-]*:\/\//i;

export function isUrl(value: string): boolean {
	return ADDRESS.test(value);
}

/**
 * The single references in a text: addresses and names of binary fields, separated by commas or line breaks.
 * An address may itself hold commas, so inside one a comma separates only before a space or the next address.
 */
export function splitReferences(value: string): string[] {
	return value
		.split(/\s*[\r\n]+\s*|\s*,\s+|,(?=[a-z][a-z0-9+.-]*:\/\/)/i)
		.flatMap((part) => (isUrl(part.trim()) ? [part] : part.split(',')))
		.map((part) => part.trim())
		.filter((part) => part !== '');
}

/**
 * Reads what a file field was given, in its order: text, a list from an expression, or objects that carry an address
 * (`url`). Whatever is neither an address nor a binary field of the item stays as it is, under `unknown`.
 */
export function readReferences(value: Json, binaryFields: string[], single: boolean): MediaReference[] {
	return flatTexts(value, single).map((entry) => {
		if (isUrl(entry)) return { url: entry };
		return binaryFields.includes(entry) ? { binary: entry } : { unknown: entry };
	});
}

function flatTexts(value: Json, single: boolean): string[] {
	if (Array.isArray(value)) return value.flatMap((entry) => flatTexts(entry, true));
	if (isObject(value)) return typeof value.url === 'string' ? [value.url] : [JSON.stringify(value)];
	if (value === null || value === '') return [];
	const trimmed = String(value).trim();
	if (!single && trimmed.startsWith('[')) {
		try {
			const parsed: Json = JSON.parse(trimmed);
			return flatTexts(parsed, true);
		} catch {
			return splitReferences(trimmed);
		}
	}
	return single ? [trimmed].filter(Boolean) : splitReferences(trimmed);
}
