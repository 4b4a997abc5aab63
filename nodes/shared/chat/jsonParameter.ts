import { parseJson } from '../json';
import type { Json } from '../json';

/** What is wrong with a parameter, in one sentence without a final period; it becomes an error of the item. */
export class ParameterError extends Error {}

/**
 * A parameter that is JSON, as text or as it is; nothing at all is null.
 * @throws ParameterError where the text is no JSON.
 */
export function parseJsonParameter(value: Json | undefined, label: string): Json {
	if (typeof value !== 'string') return value ?? null;
	if (value.trim() === '') return null;
	const parsed = parseJson(value);
	if (parsed === undefined) throw new ParameterError(`'${label}' is no valid JSON`);
	return parsed;
}
