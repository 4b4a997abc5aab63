import { omit } from 'lodash';
import { has, hasAny, is, isNot, lacks, type SchemaRule } from './rules';
import type { InputSchema, JsonObject, Schema } from './types';
import { type Check, compile, type InputIssue } from './validate';

/** The input of Suno's operations, on their own paths (camelCase) and on the market (snake_case): test/kie-api/suno as data. */

export interface Body {
	schema: InputSchema;
	rules?: SchemaRule[];
	/** The allowed difference of two numbers. */
	span?: { from: string; to: string; min: number; max?: number };
}

const text = { type: 'string' } as const;
const url = { type: 'string', format: 'uri' } as const;
const flag = { type: 'boolean' } as const;
const share = { type: 'number', minimum: 0, maximum: 1 } as const;
const from0 = { type: 'number', minimum: 0 } as const;
const second = { type: 'integer', minimum: 0 } as const;
const max = (maxLength: number): Schema => ({ type: 'string', maxLength });
const oneOf = (...values: string[]): Schema => ({ type: 'string', enum: values });

const v6 = ['V6', 'V6_MINI', 'V6_WILD'];
const models = ['V4', 'V4_5', 'V4_5PLUS', 'V4_5ALL', 'V5', 'V5_5', ...v6];
const keys = ['Any', 'Cm', 'C#m', 'Dm', 'D#m', 'Em', 'Fm', 'F#m', 'Gm', 'G#m', 'Am', 'A#m', 'Bm', 'C', 'C#', 'D'];

const stems =
	'Lead Vocal|Drum Kit|Kick|Snare|Risers|Bass|Backing Vocals|Piano|Electric Guitar|Percussion|' +
	'String Section|Synth|Acoustic Guitar|Sound Effects|Synth Pad|Synth Bass|Guitar|Brass Section|Organ|' +
	'Electronic Drum Kit|Lead Electric Guitar|Synth Keys|Rhythm Electric Guitar|Electric Piano|' +
	'Upright Bass|Keyboards|Distorted Electric Guitar|Synth Strings|Synth Lead|Woodwinds|' +
	'Rhythm Acoustic Guitar|Flute|Harp|Tambourine|Trumpet|Arpeggiator|Accordion|Fiddle|' +
	'Pedal Steel Guitar|Synth Voice|Violin|Digital Piano|Synth Brass|Mandolin|Choir|Banjo|Bells|Clarinet|' +
	'Tenor Saxophone|Trombone|Shaker|French Horn|Glockenspiel|Electric Bass|Cello|Timpani|Harmonica|' +
	'Marimba|Vibraphone|Lap Steel Guitar|Saxophone|Orchestra|Horns|Cymbals|Hand Clap|Oboe|Celesta|Congas|' +
	'Drone|Alto Saxophone|Double Bass|Ukulele|Harpsichord|Baritone Saxophone|Xylophone|Tuba|Bass Guitar|' +
	'Whistle|Lead Guitar|Rhodes|808|Bongos|Bassoon|Cowbell|Viola|Sitar|Steel Drums|Piccolo|Theremin|' +
	'Bagpipes|Hi-Hat|Music Box|Melodica|Tabla|Koto|Djembe|Taiko|Didgeridoo';

/** The fields of all operations. An operation can override the schema of one. */
const fields = {
	prompt: max(5000),
	lyrics: max(5000),
	style: max(1000),
	title: max(100),
	tags: max(1000),
	negativeTags: text,
	customMode: flag,
	instrumental: flag,
	defaultParamFlag: flag,
	model: oneOf(...models),
	callBackUrl: url,
	calBackUrl: url,
	vocalGender: oneOf('m', 'f'),
	styleWeight: share,
	weirdnessConstraint: share,
	audioWeight: share,
	personaId: text,
	personaModel: oneOf('style_persona', 'voice_persona'),
	duration: { type: 'integer', minimum: 10, maximum: 360 },
	variety: { type: 'integer', minimum: 0, maximum: 4 },
	continueAt: { type: 'number' },
	uploadUrl: url,
	uploadUrlList: { type: 'array', items: url, minItems: 2, maxItems: 2 },
	imageUrls: { type: 'array', items: url, maxItems: 5 },
	audioUrls: { type: 'array', items: url },
	videoUrls: { type: 'array', items: url, maxItems: 1 },
	soundLoop: flag,
	soundTempo: { type: 'integer', minimum: 1, maximum: 300 },
	soundKey: oneOf(...keys, 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B'),
	grabLyrics: flag,
	infillStartS: from0,
	infillEndS: from0,
	fullLyrics: text,
	taskId: text,
	sunoTaskId: text,
	task_id: text,
	audioId: text,
	audioUrl: url,
	type: oneOf('separate_vocal', 'split_stem', 'split_stem_advanced'),
	stemName: oneOf(...stems.split('|')),
	author: max(50),
	domainName: max(50),
	content: text,
	name: text,
	description: text,
	vocalStart: from0,
	vocalEnd: from0,
	voiceUrl: url,
	vocalStartS: second,
	vocalEndS: second,
	language: oneOf('en', 'zh', 'es', 'fr', 'pt', 'de', 'ja', 'ko', 'hi', 'ru'),
	verifyUrl: url,
	voiceName: text,
	singerSkillLevel: oneOf('beginner', 'intermediate', 'advanced', 'professional'),
} satisfies Record<string, Schema>;

type Field = keyof typeof fields;

/** A body with these fields; `overrides` replaces the schemas of some. */
const bodyWith = (
	required: Field[],
	optional: Field[] = [],
	overrides: Partial<Record<Field, Schema>> = {},
): InputSchema => ({
	required,
	properties: { ...Object.fromEntries([...required, ...optional].map((name) => [name, fields[name]])), ...overrides },
});

const weights: Field[] = ['vocalGender', 'styleWeight', 'weirdnessConstraint', 'audioWeight'];
const persona: Field[] = ['personaId', 'personaModel'];

const needs = (field: Field, when: Schema): SchemaRule => ({
	message: `Please enter ${field}.`,
	if: when,
	then: has(field),
});
const atMost = (field: Field, maxLength: number, when: Schema, whenText: string): SchemaRule => ({
	message: `${field} takes at most ${maxLength} characters ${whenText}`,
	if: when,
	then: { properties: { [field]: { maxLength } } },
});
const both = (...schemas: Schema[]): Schema => ({ allOf: schemas });

const custom = is('customMode', true);
const simple = isNot('customMode', true);
const sung = isNot('instrumental', true);
const isV4 = is('model', 'V4');

const limitsOfV4: SchemaRule[] = [
	atMost('prompt', 3000, isV4, 'with V4'),
	atMost('lyrics', 3000, isV4, 'with V4'),
	atMost('style', 200, isV4, 'with V4'),
];
const shortTitle = atMost('title', 80, is('model', 'V4', 'V4_5ALL'), 'with V4 and V4_5ALL');
const personaModels: SchemaRule = {
	message: 'personaModel works with V5, V5_5 and the V6 models only',
	if: has('personaModel'),
	then: is('model', 'V5', 'V5_5', ...v6),
};
const styleAndTitle = [needs('style', custom), needs('title', custom)];
const wordless: SchemaRule = {
	message: 'prompt and vocalGender are not allowed with instrumental',
	if: is('instrumental', true),
	then: lacks('prompt', 'vocalGender'),
};
const afterStart: SchemaRule = {
	message: 'continueAt must be greater than 0',
	if: has('continueAt'),
	then: { not: { properties: { continueAt: { maximum: 0 } } } },
};
const lyricsOrPrompt: SchemaRule = {
	message: 'Please enter prompt.',
	if: both(custom, sung),
	then: hasAny('prompt', 'lyrics'),
};
const ownParameters = is('defaultParamFlag', true);

/** Either a track of an earlier task, or a file and what goes with it. */
const eitherTrackOr = (file: Field, ...files: Field[]): SchemaRule => ({
	message: `Please enter taskId and audioId, or ${[file, ...files].join(' and ')}.`,
	then: {
		oneOf: [
			{ required: ['taskId', 'audioId'], not: has(file) },
			{ required: [file, ...files], not: hasAny('taskId', 'audioId') },
		],
	},
});

const replaceSection: Body = {
	schema: bodyWith(
		['prompt', 'tags', 'title', 'infillStartS', 'infillEndS', 'fullLyrics'],
		['taskId', 'audioId', 'uploadUrl', 'model', 'negativeTags', 'callBackUrl'],
		{ prompt: text, tags: text, title: text },
	),
	rules: [eitherTrackOr('uploadUrl', 'model')],
	span: { from: 'infillStartS', to: 'infillEndS', min: 10 },
};
const separateVocals: Body = {
	schema: bodyWith(['callBackUrl'], ['taskId', 'audioId', 'audioUrl', 'type', 'stemName']),
	rules: [eitherTrackOr('audioUrl'), needs('stemName', is('type', 'split_stem_advanced'))],
};
const makePersona: Body = {
	schema: bodyWith(['taskId', 'audioId', 'name', 'description'], ['vocalStart', 'vocalEnd', 'style']),
	span: { from: 'vocalStart', to: 'vocalEnd', min: 10, max: 30 },
};
const phrase: Body = {
	schema: bodyWith(['voiceUrl', 'vocalStartS', 'vocalEndS'], ['language', 'callBackUrl']),
	span: { from: 'vocalStartS', to: 'vocalEndS', min: 1 },
};
const sounds: Body = {
	schema: bodyWith(['prompt', 'model'], ['soundLoop', 'soundTempo', 'soundKey', 'grabLyrics', 'callBackUrl'], {
		prompt: max(500),
		model: oneOf('V5', 'V5_5', ...v6),
	}),
};
const added = { title: text, negativeTags: max(200), model: oneOf('V4_5PLUS', 'V5', 'V5_5', ...v6) };
const addInstrumental: Body = {
	schema: bodyWith(['uploadUrl', 'title', 'negativeTags', 'tags', 'callBackUrl'], ['model', ...weights], added),
};
const addVocals = (...required: Field[]): Body => ({
	schema: bodyWith(required, ['prompt', 'model', ...weights], { ...added, prompt: text }),
});
const voice: Body = {
	schema: bodyWith(['taskId', 'verifyUrl'], ['voiceName', 'description', 'style', 'singerSkillLevel', 'callBackUrl'], {
		style: text,
	}),
};
const song: Field[] = ['prompt', 'style', 'title', 'negativeTags', ...weights, ...persona];

/** By path, after /api/v1. */
export const sunoBodies = {
	// The schema always requires prompt, the text not for an instrumental track with a custom style.
	'/generate': {
		schema: bodyWith(
			['customMode', 'instrumental', 'model', 'callBackUrl'],
			[...song, 'duration', 'lyrics', 'variety'],
			{
				title: max(80),
				duration: { type: 'number', minimum: 10, maximum: 360 },
			},
		),
		rules: [
			...styleAndTitle,
			lyricsOrPrompt,
			needs('prompt', simple),
			atMost('prompt', 3000, simple, 'without customMode'),
			...limitsOfV4,
			personaModels,
		],
	},
	'/generate/extend': {
		schema: bodyWith(['defaultParamFlag', 'audioId', 'model', 'callBackUrl'], [...song, 'continueAt', 'instrumental']),
		rules: [
			wordless,
			needs('continueAt', ownParameters),
			needs('style', ownParameters),
			needs('title', ownParameters),
			needs('prompt', both(ownParameters, sung)),
			afterStart,
			...limitsOfV4,
			shortTitle,
			personaModels,
		],
	},
	'/generate/upload-cover': {
		schema: bodyWith(['uploadUrl', 'customMode', 'instrumental', 'model', 'callBackUrl'], [...song, 'duration']),
		rules: [
			...styleAndTitle,
			needs('prompt', both(custom, sung)),
			needs('prompt', simple),
			atMost('prompt', 500, simple, 'without customMode'),
			...limitsOfV4,
			shortTitle,
			personaModels,
		],
	},
	// The page requires style and title with defaultParamFlag; live calls without them were accepted.
	'/generate/upload-extend': {
		schema: bodyWith(
			['uploadUrl', 'defaultParamFlag', 'continueAt', 'model', 'callBackUrl'],
			[...song, 'instrumental'],
		),
		rules: [afterStart, ...limitsOfV4, shortTitle, personaModels],
	},
	'/generate/add-instrumental': addInstrumental,
	'/generate/add-vocals': addVocals('prompt', 'title', 'negativeTags', 'style', 'uploadUrl', 'callBackUrl'),
	'/generate/mashup': {
		schema: bodyWith(
			['uploadUrlList', 'style', 'title', 'customMode', 'model', 'callBackUrl'],
			['prompt', 'instrumental', ...weights, 'duration'],
			{ title: max(80) },
		),
		rules: [
			needs('prompt', both(custom, sung)),
			needs('prompt', simple),
			atMost('prompt', 500, simple, 'without customMode'),
			...limitsOfV4,
		],
	},
	'/generate/sounds': sounds,
	'/generate/replace-section': replaceSection,
	'/generate/get-timestamped-lyrics': { schema: bodyWith(['taskId', 'audioId']) },
	'/generate/generate-persona': makePersona,
	'/style/generate': { schema: bodyWith(['content']) },
	// The schemas of lyrics and cover images do not require callBackUrl, but the text of the field does.
	'/lyrics': { schema: bodyWith(['prompt', 'callBackUrl'], [], { prompt: text }) },
	'/wav/generate': { schema: bodyWith(['taskId', 'audioId', 'callBackUrl']) },
	'/vocal-removal/generate': separateVocals,
	'/midi/generate': { schema: bodyWith(['taskId', 'callBackUrl'], ['audioId']) },
	'/mp4/generate': { schema: bodyWith(['taskId', 'audioId', 'callBackUrl'], ['author', 'domainName']) },
	'/suno/cover/generate': { schema: bodyWith(['taskId', 'callBackUrl']) },
	'/suno/recovery': { schema: bodyWith(['sunoTaskId', 'callBackUrl']) },
	'/voice/validate': phrase,
	// The missing letter in calBackUrl is Kie's.
	'/voice/regenerate': { schema: bodyWith(['taskId'], ['calBackUrl']) },
	'/voice/generate': voice,
	'/voice/check-voice': { schema: bodyWith(['task_id']) },
} satisfies Record<string, Body>;

export type SunoPath = keyof typeof sunoBodies;

/** By model, after ai-music-api/; still in camelCase. */
const marketBodies: Record<string, Body> = {
	generate: {
		schema: bodyWith(
			['customMode', 'instrumental', 'model'],
			[...song, 'duration', 'imageUrls', 'variety', 'lyrics', 'audioUrls', 'videoUrls'],
			{ title: max(80), duration: { type: 'number', minimum: 10, maximum: 360 } },
		),
		rules: [
			...styleAndTitle,
			lyricsOrPrompt,
			atMost('prompt', 3000, simple, 'without customMode'),
			...limitsOfV4,
			personaModels,
		],
	},
	extend: {
		schema: bodyWith(['audioId', 'model'], [...song, 'lyrics', 'continueAt', 'instrumental']),
		rules: [wordless, afterStart, ...limitsOfV4, shortTitle, personaModels],
	},
	'upload-and-cover-audio': {
		schema: bodyWith(['uploadUrl', 'instrumental', 'model'], [...song, 'imageUrls', 'lyrics', 'duration', 'variety']),
		rules: [...limitsOfV4, personaModels],
	},
	'upload-and-extend-audio': {
		schema: bodyWith(['uploadUrl', 'model'], [...song, 'instrumental', 'lyrics', 'continueAt', 'variety']),
		rules: [afterStart, ...limitsOfV4, shortTitle, personaModels],
	},
	'add-instrumental': addInstrumental,
	'add-vocals': addVocals('title', 'negativeTags', 'style', 'uploadUrl'),
	mashup: {
		schema: bodyWith(['uploadUrlList', 'style', 'title', 'model'], ['prompt', 'instrumental', ...weights, 'duration']),
		rules: [...limitsOfV4, atMost('title', 80, isV4, 'with V4')],
	},
	sounds,
	'replace-section': replaceSection,
	'generate-lyrics': { schema: bodyWith(['prompt'], [], { prompt: max(200) }) },
	'convert-to-wav-format': { schema: bodyWith(['taskId', 'audioId']) },
	'create-music-video': { schema: bodyWith(['taskId', 'audioId'], ['author', 'domainName']) },
	'separate-vocals': separateVocals,
	'generate-midi-from-audio': { schema: bodyWith(['taskId'], ['audioId']) },
	'cover-generate': { schema: bodyWith(['taskId']) },
	'suno-recovery-audio': { schema: bodyWith(['taskId']) },
	'generate-persona': makePersona,
	'boost-music-style': { schema: bodyWith(['content']) },
	'timeStamped-lyrics': { schema: bodyWith(['taskId', 'audioId']) },
	'validation-phrase': phrase,
	'regenerate-phrase': { schema: bodyWith(['taskId']) },
	'create-voice': voice,
	'check-voice': { schema: bodyWith(['taskId']) },
};

/** taskId becomes task_id. */
export const snakeCased = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const fieldNames = new RegExp(`\\b(${Object.keys(fields).join('|')})\\b`, 'g');

/** The URL of callbacks is beside the input there. */
function ofMarket({ schema, ...rest }: Body): Body {
	const properties = omit(schema.properties, 'callBackUrl');
	const required = schema.required?.filter((name) => name !== 'callBackUrl') ?? [];
	const body: Body = { schema: { required, properties }, ...rest };
	return JSON.parse(JSON.stringify(body).replace(fieldNames, snakeCased));
}

/** By the model's id. */
export const sunoMarketBodies: Record<string, Body> = Object.fromEntries(
	Object.entries(marketBodies).map(([name, body]) => [`ai-music-api/${name}`, ofMarket(body)]),
);

/** The issue with two numbers that are too close to each other, or too far apart. */
export function spanIssue({ span }: Body, input: JsonObject): InputIssue | undefined {
	if (!span) return undefined;
	// Only those of the persona have defaults: 0 and 30.
	const length = Number(input[span.to] ?? 30) - Number(input[span.from] ?? 0);
	if (length >= span.min && length <= (span.max ?? Infinity)) return undefined;
	const range = span.max === undefined ? `at least ${span.min}` : `${span.min} to ${span.max}`;
	const msg = `${span.to} minus ${span.from} must be ${range} seconds`;
	return { msg, detail: `${msg}, not ${length}` };
}

/** The message for a missing field was observed for callBackUrl; the others follow its wording. */
function checkOf(body: Body): Check {
	const { required = [], properties } = body.schema;
	const check = compile({ properties }, body.rules);
	return (input) => {
		const missing = required.find((field) => input[field] === undefined);
		if (missing !== undefined) return { msg: `Please enter ${missing}.`, detail: `${missing} is missing` };
		return check(input) ?? spanIssue(body, input);
	};
}

export const sunoCheck = (path: SunoPath): Check => checkOf(sunoBodies[path]);
