import type { Schema } from './types';

/** Field definitions that many models share. */

/** The URL of a file. */
export const url: Schema = { type: 'string', format: 'uri' };

export const seed: Schema = { type: 'integer', description: 'Same seed and input produce similar results' };

export const nonNegativeSeed: Schema = { ...seed, minimum: 0, maximum: 2147483647 };

export const nsfwChecker: Schema = {
	type: 'boolean',
	default: false,
	description: "Whether to apply Kie's content filter",
};

/** The URL of a file, where the API restricts the protocol. */
export const webUrl: Schema = { type: 'string', format: 'uri', pattern: '^(https?|oss)://' };
