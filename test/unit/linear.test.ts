import { withoutKey } from '../../nodes/shared/api/account';
import { describeFailure, kindOfCode } from '../../nodes/shared/api/failure';
import { parseResponse } from '../../nodes/shared/api/response';
import { isoTime } from '../../nodes/shared/adapters/taskStatus';
import { trackNames } from '../../nodes/shared/adapters/sunoRecords';
import { veo } from '../../nodes/shared/adapters/veo';
import { parseCallback } from '../../nodes/shared/callbacks/parseCallback';
import { audioModels } from '../../nodes/shared/catalogue/audio';
import { imageModels } from '../../nodes/shared/catalogue/image';
import type { Schema } from '../../nodes/shared/catalogue/types';
import { videoModels } from '../../nodes/shared/catalogue/video';
import { compareNatural } from '../../nodes/shared/compareNatural';
import { toSchemaType } from '../../nodes/shared/form/body';
import { choiceLabel, fieldLabel } from '../../nodes/shared/form/label';
import { prepareMedia } from '../../nodes/shared/form/mediaFields';
import { schemaIssues } from '../../nodes/shared/form/schemaIssues';
import { asId, asNumber, decodeUri, isEmpty, parseObject } from '../../nodes/shared/json';
import { guessMedia } from '../../nodes/shared/live/customModel';
import { dereference } from '../../nodes/shared/live/openApi';
import { parseBase64 } from '../../nodes/shared/media/base64';
import { describeFile } from '../../nodes/shared/media/mimeTypes';
import { isHttpUrl, readReferences, unknownReference } from '../../nodes/shared/media/references';
import { cpuMs } from './cpu-time';

/** Every function that takes text from outside takes linear time, because n8n does nothing else meanwhile. */

const SIZE = 1_000_000;
const LIMIT_MS = 50;
/** For what has up to a million parts: the brackets of nested JSON, the numbers of a list */
const LIMIT_OF_PARTS_MS = 500;

/** 1 MB each, alone and between characters at which a regular expression gives up. */
const texts = [' ', '\n', '<', '<script', '>', ', ', ',a', '[', '"', '\\', '/', '?\n', '.', 'data:', 'data:;base64,']
	.concat(['https://', 'aA', 'a_', '1', '-', '%E0', '😀', '`'])
	.flatMap((unit) =>
		[
			['', ''],
			['a', '!'],
		].map(([start = '', end = '']) => ({
			name: `${start}${JSON.stringify(unit)}…${end}`,
			text: start.concat(unit.repeat(SIZE / unit.length), end),
		})),
	);

const patterns = [...imageModels, ...videoModels, ...audioModels]
	.flatMap(({ input }) => patternsIn({ ...input, type: 'object' }))
	.filter((pattern, index, all) => all.indexOf(pattern) === index);

function patternsIn({ pattern, properties = {}, items, anyOf = [], oneOf = [] }: Schema): string[] {
	const inner = [...Object.values(properties), ...(items ? [items] : []), ...anyOf, ...oneOf];
	return [...(pattern === undefined ? [] : [pattern]), ...inner.flatMap(patternsIn)];
}

const list: Schema = { type: 'array', items: { type: 'string', format: 'uri' } };
const functions: Record<string, (text: string) => unknown> = {
	'a response': (text) => parseResponse({ statusCode: 502, headers: { 'retry-after': text }, body: text }),
	'a message': (text) => parseResponse({ statusCode: 200, headers: {}, body: { code: 429, msg: text } }),
	'a reason': (text) => describeFailure({ kind: kindOfCode(429, text), reason: text }),
	'a reason with the key': (text) => withoutKey({ reason: text }, text.slice(0, 32)),
	'a time': (text) => isoTime(text),
	'a track': (text) => trackNames([{ title: text }]),
	'a record of Veo': (text) => veo.parseRecord({ successFlag: 1, response: { resultUrls: text } }),
	'the ID of a callback': (text) => parseCallback({ code: 200, data: { taskId: text } }),
	'a callback': (text) => parseCallback({ code: 501, msg: text, data: { taskId: 'a', state: text, resultJson: text } }),
	'the name of a model': (text) => compareNatural(text, `${text}1`),
	'the name of a field': (text) => fieldLabel(text, {}, 'image'),
	'a choice': (text) => choiceLabel(text),
	...Object.fromEntries(
		(['string', 'integer', 'boolean', 'array', 'object'] as const).map((type) => [
			`a value of the type ${type}`,
			(text: string) => toSchemaType({ type, items: { type: 'integer' } }, text),
		]),
	),
	'a value without a type': (text) => toSchemaType({}, text),
	'an invalid text': (text) => schemaIssues({ type: 'string', maxLength: 1, format: 'uri', enum: ['a'] }, text, 'Text'),
	'an invalid number': (text) => schemaIssues({ type: 'integer' }, text, 'Number'),
	'an invalid format': (text) => patterns.map((pattern) => new RegExp(pattern, 'u').test(text)),
	'a file': (text) => readReferences(text, ['data'], true),
	'a list of files': (text) => readReferences(text, ['data'], false),
	'the longest list of files': (text) => readReferences(text.slice(0, 99_999) + text.slice(-1), ['data'], false),
	'a list of files in JSON': (text) => readReferences(`[${text}]`, ['data'], false),
	'the files of a body': (text) =>
		prepareMedia({ a: text, b: [text] }, { properties: { a: list } }, { a: 'image' }, []),
	'no file': (text) => unknownReference('Image', text, ['data']),
	'a URL': (text) => isHttpUrl(text),
	'the path of a URL': (text) => isHttpUrl(`https://a/${text}`),
	'the URL of a file': (text) => describeFile(text, undefined),
	'the name of a file': (text) => describeFile(`https://example.com/${text}`, 'image/png'),
	'the type of a file': (text) => describeFile('https://example.com/a.png', text),
	'a file in Base64': (text) => parseBase64(text),
	'a data URL': (text) => parseBase64(`data:${text}`),
	'a field of a custom model': (text) => guessMedia({ [text]: text, image_url: text }),
	'a reference in a schema': (text) => dereference({ a: { b: 1 } }, { $ref: `#/${text}` }),
	'an encoded text': (text) => decodeUri(text),
	'a number': (text) => [asNumber(text), asId(text), isEmpty(text), parseObject(text)],
};

const MANY_PARTS = [
	'a track',
	'a callback',
	'a value of the type array',
	'a value of the type object',
	'a value without a type',
	'a reference in a schema',
];

it.each(Object.keys(functions))('reads %s in linear time', (name) => {
	const limitMs = MANY_PARTS.includes(name) ? LIMIT_OF_PARTS_MS : LIMIT_MS;
	const slow = texts.flatMap(({ name: textName, text }) => {
		const ms = cpuMs(() => functions[name]?.(text), limitMs);
		return ms < limitMs ? [] : [`${textName}: ${Math.round(ms)} ms`];
	});
	expect(slow).toEqual([]);
});
