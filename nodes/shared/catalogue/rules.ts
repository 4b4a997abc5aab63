import { isObject } from '../json';
import type { Json, JsonObject } from '../json';
import type { Rule } from './types';

/** Helpers for the predicates of rules. A value of the wrong type counts as empty: the schema rejects it anyway. */

export const isSet = (value?: Json): boolean => value !== undefined;

export const isOneOf = (value: Json | undefined, ...choices: Json[]): boolean =>
	choices.some((choice) => choice === value);

/** The number of entries of a list. */
export const countOf = (list?: Json): number => (Array.isArray(list) ? list.length : 0);

/** The entries of a list of objects. */
export const objectsOf = (list?: Json): JsonObject[] => (Array.isArray(list) ? list.filter(isObject) : []);

/** The number of characters of a text. */
export const lengthOf = (text?: Json): number => (typeof text === 'string' ? [...text].length : 0);

/** The rule of every model with a first and a last frame. */
export const lastFrameRule: Rule = {
	message: "'Last Frame' requires 'First Frame'",
	holds: ({ last_frame_url, first_frame_url }) => !isSet(last_frame_url) || isSet(first_frame_url),
};
