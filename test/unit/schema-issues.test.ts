import addFormats from 'ajv-formats';
import Ajv2020 from 'ajv/dist/2020';

import type { Schema } from '../../nodes/shared/catalogue/types';
import { schemaIssues } from '../../nodes/shared/form/schemaIssues';
import type { Json } from '../../nodes/shared/json';

/** Each limit on both sides: the message of the node, and that an independent validator agrees. */

const ajv = addFormats(new Ajv2020({ strict: false }));

const cases: Array<[limit: string, schema: Schema, fits: Json, beyond: Json, issue: string]> = [
	['a longest text', { maxLength: 3 }, 'abc', 'abcd', "'X' must be at most 3 characters (got 4)"],
	['a longest text with emoji', { maxLength: 2 }, '🦊🦊', '🦊🦊🦊', "'X' must be at most 2 characters (got 3)"],
	['a shortest text', { minLength: 2 }, 'ab', 'a', "'X' must be at least 2 characters (got 1)"],
	['a largest number', { maximum: 10 }, 10, 10.5, "'X' must be at most 10 (got 10.5)"],
	['a smallest number', { minimum: 0 }, 0, -1, "'X' must be at least 0 (got -1)"],
	['an exclusive minimum', { exclusiveMinimum: 0 }, 0.1, 0, "'X' must be greater than 0 (got 0)"],
	['a step', { multipleOf: 8 }, 16, 20, "'X' must be a multiple of 8 (got 20)"],
	['the most entries', { maxItems: 2 }, [1, 2], [1, 2, 3], "'X' must have at most 2 entries (got 3)"],
	['the fewest entries', { minItems: 1 }, [1], [], "'X' must have at least 1 entry (got 0)"],
	['an entry', { items: { maxLength: 1 } }, ['a'], ['a', 'bc'], "'X › 2' must be at most 1 character (got 2)"],
	['a choice', { enum: ['a', 'b'] }, 'b', 'c', '\'X\' must be one of a, b (got "c")'],
	['a text', { type: 'string' }, '1', 1, "'X' must be text (got 1)"],
	['a number', { type: 'number' }, 1.5, '1.5', '\'X\' must be a number (got "1.5")'],
	['a whole number', { type: 'integer' }, 2, 2.5, "'X' must be a whole number (got 2.5)"],
	['a switch', { type: 'boolean' }, false, 'false', '\'X\' must be true or false (got "false")'],
	['a list', { type: 'array' }, [], {}, "'X' must be a list (got {})"],
	['an object', { type: 'object' }, {}, [], "'X' must be an object (got [])"],
	['a field of an object', { required: ['a'] }, { a: 1 }, { b: 1 }, "'X › A' is required"],
	['a URL', { format: 'uri' }, 'https://example.com/a', 'a', '\'X\' must be a URL (got "a")'],
	['a format', { pattern: '^a+$' }, 'aa', 'ab', '\'X\' has an invalid format (got "ab", expected: ^a+$)'],
	['one of several', { anyOf: [{ minimum: 5 }, { maximum: 1 }] }, 5, 3, "'X' has an invalid value (got 3)"],
	['exactly one', { oneOf: [{ minimum: 1 }, { minimum: 3 }] }, 2, 3, "'X' has an invalid value (got 3)"],
	['what must not be', { not: { maximum: 1 } }, 2, 1, "'X' has an invalid value (got 1)"],
];

it.each(cases)('%s', (_limit, schema, valid, invalid, issue) => {
	expect(schemaIssues(schema, valid, 'X')).toEqual([]);
	expect(schemaIssues(schema, invalid, 'X')).toEqual([issue]);
	const isValid = ajv.compile(schema);
	expect([isValid(valid), isValid(invalid)]).toEqual([true, false]);
});

it('accepts more than the choices of an open list', () => {
	expect(schemaIssues({ enum: ['a'], open: true }, 'b', 'X')).toEqual([]);
});
