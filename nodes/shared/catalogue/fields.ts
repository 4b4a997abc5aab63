import type { Schema } from './types';

/** Definitions that many models share word for word. */

/** A file given by its address. */
export const url: Schema = { type: 'string', format: 'uri' };

export const seed: Schema = { type: 'integer', description: 'Same seed and input give about the same result' };

export const nsfwChecker: Schema = {
	type: 'boolean',
	default: false,
	description: 'Whether to apply the content filter of Kie',
};

/** A file given by its address, where the API says which addresses it takes. */
export const webUrl: Schema = { type: 'string', format: 'uri', pattern: '^(https?|oss)://' };
