/** JSON values, and reading what came from outside as what it should be. Imports nothing. */

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export type JsonObject = { [key: string]: Json };

export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object as it is; an empty one for anything else. */
export function asObject(value: unknown): JsonObject {
	return isObject(value) ? value : {};
}

/** The objects of a list; none for anything else. */
export function asObjects(value: unknown): JsonObject[] {
	return Array.isArray(value) ? value.filter(isObject) : [];
}

/** What an object itself holds under a name from outside; undefined for what it inherits, such as `constructor`. */
export function ownValue<T>(object: Record<string, T>, name: string): T | undefined {
	return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Whether a value holds nothing: null, blank text, an empty list or object. */
export function isEmpty(value: unknown): boolean {
	if (value === undefined || value === null) return true;
	if (typeof value === 'string') return value.trim() === '';
	if (Array.isArray(value)) return value.length === 0;
	return isObject(value) && Object.keys(value).length === 0;
}

/** Text that is not blank, as it is; undefined for anything else. */
export function asText(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** The beginning of a text that is too long to show. */
export function shorten(text: string, length: number): string {
	return text.length > length ? `${text.slice(0, length)}…` : text;
}

/** A finite number, also where it is sent as text; undefined for anything else. */
export function asNumber(value: unknown): number | undefined {
	if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
	return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : undefined;
}

/** An ID as text, also where it is sent as a number. */
export function asId(value: unknown): string | undefined {
	return Number.isSafeInteger(value) ? String(value) : asText(value);
}

/** A value as JSON, with everything else as JSON.stringify converts it, such as a Date from an expression; undefined is null. */
export function toJson(value: unknown): Json {
	const json: Json = JSON.parse(JSON.stringify(value) ?? 'null');
	return json;
}

/** The value that a JSON text holds; undefined where it is not JSON. */
export function parseJson(text: string): Json | undefined {
	try {
		const value: Json = JSON.parse(text);
		return value;
	} catch {
		return undefined;
	}
}

/** A value as an object, parsed where it is packed into JSON text; undefined where it is neither. */
export function parseObject(value: Json | undefined): JsonObject | undefined {
	const parsed = typeof value === 'string' ? parseJson(value) : value;
	return isObject(parsed) ? parsed : undefined;
}

/** Percent-decoded text; as it is where the encoding is malformed. */
export function decodeUri(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** The fields that are set: drops `undefined`. */
export function compact(fields: Record<string, Json | undefined>): JsonObject {
	const isSet = (field: [string, Json | undefined]): field is [string, Json] => field[1] !== undefined;
	return Object.fromEntries(Object.entries(fields).filter(isSet));
}

/** The fields that hold something, see `isEmpty`. */
export function nonEmptyFields(fields: Record<string, Json | undefined>): JsonObject {
	const isSet = (field: [string, Json | undefined]): field is [string, Json] => !isEmpty(field[1]);
	return Object.fromEntries(Object.entries(fields).filter(isSet));
}
