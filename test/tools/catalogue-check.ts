import { setTimeout as wait } from 'node:timers/promises';

import axios, { isAxiosError } from 'axios';
import { difference, get, pick } from 'lodash';

import { isObject, asText } from '../../nodes/shared/json';
import type { Json, JsonObject } from '../../nodes/shared/json';
import { type ApiResponse, parseResponse } from '../../nodes/shared/api/response';
import { describeFailure, type Failure } from '../../nodes/shared/api/failure';
import { CATALOGUE_RATE } from '../../nodes/shared/api/rateLimit';
import { retryDelay } from '../../nodes/shared/api/retry';
import type { Model } from '../../nodes/shared/catalogue/types';
import { inputSchemaOf } from '../../nodes/shared/live/openApi';
import { type MediaNode, mediaNodes } from './media-nodes';

/**
 * `npm run catalogue:check` compares the models of this package with those that Kie serves now. Reads only, costs nothing.
 * Exit code: 0 equal, 1 something drifted, 2 it could not be checked.
 */

export interface Kie {
	url: string;
	apiKey: string;
	/** Time between two requests, in milliseconds: Kie accepts one per second. */
	everyMs?: number;
}

/** A difference; `drift` requires an edit of the catalogue, a note does not. */
export interface Finding {
	kind: 'drift' | 'note';
	/** The model's ID. */
	model: string;
	text: string;
}

/** Not in Kie's list although they have pages and work: see test/kie-api/platform/models-list.json. */
const NOT_LISTED = ['elevenlabs/audio-isolation', 'elevenlabs/sound-effect-v2', 'elevenlabs/speech-to-text'];

const LIMITS = ['minimum', 'maximum', 'multipleOf', 'minLength', 'maxLength', 'minItems', 'maxItems'] as const;

class CheckImpossible extends Error {}

/**
 * Compares every market model of the nodes with Kie's live list and schemas. APIs with paths of their own have no live schema.
 * @throws CheckImpossible if Kie does not respond.
 */
export async function compareWithKie(kie: Kie, nodes: MediaNode[] = mediaNodes): Promise<Finding[]> {
	const entries = await readList(kie);
	const models = nodes.flatMap(({ definition }) => definition.models).filter(({ api = 'market' }) => api === 'market');
	const findings = newAtKie(entries, models, nodes);
	for (const model of models) findings.push(...(await compareModel(kie, model, entries)));
	return findings;
}

async function readList(kie: Kie): Promise<Map<string, JsonObject>> {
	// Without a filter, because Kie files some models under a wrong task type.
	const data = orImpossible(await read(kie, '/api/v1/models'));
	const entries = isObject(data) && Array.isArray(data.models) ? data.models.filter(isObject) : [];
	if (entries.length === 0) throw new CheckImpossible('Kie.ai lists no models');
	return new Map(entries.map((entry) => [asText(entry.model) ?? '', entry]));
}

function newAtKie(entries: Map<string, JsonObject>, models: Model[], nodes: MediaNode[]): Finding[] {
	const knownIds = models.map(({ id }) => id);
	return nodes.flatMap(({ title: node, definition: { taskTypes } }) =>
		[...entries].flatMap(([id, { title, taskType }]): Finding[] => {
			const fits = Array.isArray(taskType) && taskType.some((type) => taskTypes.includes(String(type)));
			if (!fits || knownIds.includes(id)) return [];
			return [{ kind: 'drift', model: id, text: `new at Kie for ${node}: ${String(title)}` }];
		}),
	);
}

async function compareModel(kie: Kie, model: Model, entries: Map<string, JsonObject>): Promise<Finding[]> {
	const finding = (kind: Finding['kind'], text: string): Finding => ({ kind, model: model.id, text });
	const isListed = entries.has(model.id);
	if (model.status === 'Retired')
		return isListed ? [finding('drift', 'marked as retired, but listed by Kie again')] : [];

	const answer = await read(kie, `/api/v1/models/${encodeURI(model.id)}/schema`);
	const isKnownGap = NOT_LISTED.includes(model.id);
	if (answer.kind === 'failed' && answer.failure.kind === 'notFound') {
		return [finding(isKnownGap ? 'note' : 'drift', isKnownGap ? 'not in the live catalogue, as known' : 'gone at Kie')];
	}
	const data = orImpossible(answer);
	const findings = isListed || isKnownGap ? [] : [finding('drift', 'no longer listed by Kie')];
	const document = isObject(data) && isObject(data.openapi) ? data.openapi : {};
	const input = inputSchemaOf(document);
	if (!input) return [...findings, finding('note', 'Kie has no schema of it, so its fields are not compared')];
	return [
		...findings,
		...compareObjects(toJson(model.input), input, document).map(({ kind, text }) => finding(kind, text)),
	];
}

type Difference = Pick<Finding, 'kind' | 'text'>;

/** Compares the fields of two object schemas; `path` names them for people: `elements › name`. */
function compareObjects(ours: JsonObject, live: JsonObject, document: JsonObject, path = ''): Difference[] {
	const [ourFields, liveFields] = [fieldsOf(ours), fieldsOf(live)];
	const drift = (name: string, text: string): Difference => ({ kind: 'drift', text: `${path}${name}: ${text}` });
	const [ourNames, liveNames] = [Object.keys(ourFields), Object.keys(liveFields)];
	return [
		...difference(liveNames, ourNames).map((name) => drift(name, 'field added')),
		...difference(ourNames, liveNames).map((name): Difference => {
			const isOld = isObject(ourFields[name]) && ourFields[name].deprecated === true;
			return isOld ? { kind: 'note', text: `${path}${name}: deprecated field removed` } : drift(name, 'field removed');
		}),
		...difference(requiredOf(live), requiredOf(ours)).map((name) => drift(name, 'now required')),
		...difference(requiredOf(ours), requiredOf(live)).map((name) => drift(name, 'no longer required')),
		...ourNames
			.filter((name) => liveNames.includes(name))
			.flatMap((name) => compareFields(ourFields[name] ?? {}, liveFields[name] ?? {}, document, path + name)),
	];
}

function compareFields(ourField: Json, liveField: Json, document: JsonObject, path: string): Difference[] {
	const [ours, live] = [factsOf(ourField, document), factsOf(liveField, document)];
	const differences: Difference[] = [];
	const compare = (text: string, ourValue: string, liveValue: string) => {
		if (ourValue !== '' && liveValue !== '' && ourValue !== liveValue) {
			differences.push({ kind: 'drift', text: `${path}: ${text} ${ourValue} is now ${liveValue}` });
		}
	};
	compare('type', ours.types.join(' or '), live.types.join(' or '));
	if (ours.choices.length > 0 || live.choices.length > 0) {
		const list = (text: string, values: string[]) => {
			if (values.length > 0) differences.push({ kind: 'drift', text: `${path}: ${text} ${values.join(', ')}` });
		};
		list('value added:', difference(live.choices, ours.choices));
		list('value removed:', difference(ours.choices, live.choices));
	}
	for (const limit of LIMITS) {
		const [ourLimit, liveLimit] = [ours.limits[limit], live.limits[limit]];
		if (ourLimit === liveLimit) continue;
		// Many limits are only in the text of Kie's pages.
		if (liveLimit === undefined)
			differences.push({ kind: 'note', text: `${path}: ${limit} ${ourLimit} is not in Kie's schema` });
		else differences.push({ kind: 'drift', text: `${path}: ${limit} ${ourLimit ?? 'none'} is now ${liveLimit}` });
	}
	if (ours.fields && live.fields) differences.push(...compareObjects(ours.fields, live.fields, document, `${path} › `));
	if (ours.items && live.items) differences.push(...compareFields(ours.items, live.items, document, `${path} › entry`));
	return differences;
}

/** The compared facts of a field's schema, in any notation. */
interface Facts {
	types: string[];
	choices: string[];
	limits: Partial<Record<(typeof LIMITS)[number], Json>>;
	fields?: JsonObject;
	items?: JsonObject;
}

function factsOf(field: Json, document: JsonObject): Facts {
	const parts = partsOf(field, document);
	const choices = parts.flatMap((part) =>
		Array.isArray(part.enum) ? part.enum : part.const === undefined ? [] : [part.const],
	);
	const types = parts.flatMap(({ type }) => [type ?? []].flat()).map(String);
	return {
		types: [...new Set(types)].filter((type) => type !== 'null').sort(),
		choices: [...new Set(choices.filter((choice) => choice !== null).map(String))],
		limits: parts.reduce<Facts['limits']>((limits, part) => ({ ...limits, ...pick(part, LIMITS) }), {}),
		fields: parts.find(({ properties }) => isObject(properties)),
		items: parts.map(({ items }) => items).find(isObject),
	};
}

/** A schema and its alternatives, with local references followed. */
function partsOf(schema: Json, document: JsonObject): JsonObject[] {
	if (!isObject(schema)) return [];
	const pointer = asText(schema.$ref)?.replace(/^#\//, '');
	if (pointer !== undefined) {
		const target: unknown = get(
			document,
			decodeURIComponent(pointer)
				.split('/')
				.map((key) => key.replace(/~1/g, '/').replace(/~0/g, '~')),
		);
		return isObject(target) ? partsOf(target, document) : [];
	}
	const alternatives = [schema.allOf, schema.anyOf, schema.oneOf].flatMap((list) => (Array.isArray(list) ? list : []));
	return [schema, ...alternatives.flatMap((part) => partsOf(part, document))];
}

const fieldsOf = ({ properties }: JsonObject): JsonObject => (isObject(properties) ? properties : {});
const requiredOf = ({ required }: JsonObject): string[] => (Array.isArray(required) ? required.map(String) : []);

function toJson(value: object): JsonObject {
	const json: JsonObject = JSON.parse(JSON.stringify(value));
	return json;
}

function orImpossible(answer: ApiResponse): Json {
	if (answer.kind === 'ok') return answer.data;
	const { message, description } = describeFailure(answer.failure);
	throw new CheckImpossible(`${message}. ${description}`);
}

/** Reads a path at Kie's rate, repeated on faults as the nodes do. */
async function read(kie: Kie, path: string): Promise<ApiResponse> {
	for (let attempt = 1; ; attempt++) {
		await wait(kie.everyMs ?? CATALOGUE_RATE.windowMs);
		const answer = await readOnce(kie, path);
		const delay = answer.kind === 'ok' ? undefined : retryDelay('free', answer.failure, attempt);
		if (delay === undefined) return answer;
		await wait(delay);
	}
}

async function readOnce({ url, apiKey }: Kie, path: string): Promise<ApiResponse> {
	try {
		const { status, headers, data } = await axios.get<unknown>(url + path, {
			headers: { Authorization: `Bearer ${apiKey}` },
			timeout: 30_000,
			validateStatus: () => true,
		});
		return parseResponse({ statusCode: status, headers: { ...headers }, body: data });
	} catch (error) {
		const failure: Failure = { kind: 'notSent', reason: isAxiosError(error) ? (error.code ?? '') : '' };
		return { kind: 'failed', failure };
	}
}

/** The findings in the order of the models, followed by their number. */
export function report(findings: Finding[]): string {
	const section = (title: string, kind: Finding['kind']): string[] => {
		const lines = findings.filter((finding) => finding.kind === kind).map(({ model, text }) => `  ${model}: ${text}`);
		return lines.length > 0 ? [`${title}:`, ...lines, ''] : [];
	};
	const drifted = new Set(findings.filter(({ kind }) => kind === 'drift').map(({ model }) => model)).size;
	return [
		...section('Notes, nothing to do', 'note'),
		...section('Drift', 'drift'),
		drifted === 0 ? 'The catalogue is as Kie.ai serves it.' : `${drifted} model${drifted === 1 ? '' : 's'} drifted.`,
	].join('\n');
}

/** Runs the check with the key and the URL from `env`, prints the result and returns the exit code. */
export async function main(
	env: Record<string, string | undefined>,
	print: (line: string) => void,
	everyMs?: number,
): Promise<0 | 1 | 2> {
	const apiKey = env.KIE_API_KEY;
	if (!apiKey) {
		print('Set KIE_API_KEY to a key of Kie.ai (https://kie.ai/api-key). The check reads only and costs no credits.');
		return 2;
	}
	const url = (env.KIE_BASE_URL ?? 'https://api.kie.ai').replace(/\/+$/, '');
	print(`Comparing the catalogue with ${url}, one request a second; this takes a few minutes ...`);
	try {
		const findings = await compareWithKie({ url, apiKey, everyMs });
		print(report(findings));
		return findings.some(({ kind }) => kind === 'drift') ? 1 : 0;
	} catch (error) {
		if (!(error instanceof CheckImpossible)) throw error;
		print(`It could not be checked: ${error.message}`);
		return 2;
	}
}

if (require.main === module) {
	main(process.env, console.log).then(
		(code) => (process.exitCode = code),
		(error: unknown) => {
			console.error(error);
			process.exitCode = 2;
		},
	);
}
