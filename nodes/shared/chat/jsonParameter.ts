import { parseJson } from '../json';
import type { Json } from '../json';

/** What is wrong with a parameter, as one sentence without a final period. */
export class ParameterError extends Error {}

/**
 * The value of a JSON parameter, which may be JSON text; null if it is empty.
 * @throws ParameterError if the text is not JSON.
 */
export function parseJsonParameter(value: Json | undefined, label: string): Json {
	if (typeof value !== 'string') return value ?? null;
	if (value.trim() === '') return null;
	const parsed = parseJson(value);
	if (parsed === undefined) throw new ParameterError(`'${label}' is not valid JSON`);
	return parsed;
}
