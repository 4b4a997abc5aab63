import type { Json, JsonObject } from './types';

export const isObject = (value: Json | undefined): value is JsonObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value of a JSON text, or undefined if it is invalid. */
export function parse(text: string): Json | undefined {
	try {
		const value: Json = JSON.parse(text);
		return value;
	} catch {
		return undefined;
	}
}

/** Every string in a value, at any depth. */
export function strings(value: Json | undefined): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(strings);
}

export const isUrl = (value: Json): value is string => typeof value === 'string' && /^https?:\/\/\S+$/.test(value);
