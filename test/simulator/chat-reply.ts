import { type Asked, object, objects, type Step, text, type Tool } from './chat-asked';
import { isObject, parse } from './json';
import type { Json, JsonObject } from './types';

/** What the simulator's models say; the same request gets the same reply. */

export interface Reply {
	/** The id that was asked for. */
	model: string;
	text: string;
	thoughts: string;
	calls: ToolCall[];
	/** The answer is longer than it may be: it ends in the middle. */
	cut: boolean;
	usage: { input: number; output: number; reasoning: number };
	credits: number;
}

export interface ToolCall {
	name: string;
	args: JsonObject;
}

/**
 * A user's message steers the tools: `call <name> with {json}` calls a tool, several times in one message are several calls
 * in one answer, and `then call …` is called once the calls before it have their results. An image in the
 * message calls the first tool, its text parameters filled with the message. Results of tools are told in the answer.
 */
export function replyTo(asked: Asked, fault: 'length' | 'no-answer' | undefined): Reply {
	if (fault === 'no-answer') return { ...withUsage(asked, '', []), usage: nothing, credits: 0 };
	const calls = callsFor(asked);
	const whole = calls.length > 0 ? '' : answerText(asked);
	const most = fault === 'length' ? Math.max(1, Math.floor(words(whole).length / 2)) : asked.most;
	return withUsage(asked, whole, calls, most);
}

const nothing = { input: 0, output: 0, reasoning: 0 };

function withUsage(asked: Asked, whole: string, calls: ToolCall[], most = Infinity): Reply {
	const kept = words(whole).slice(0, most);
	const thoughts = asked.thoughts ? `The user wants to know about “${lastSaid(asked)}”.` : '';
	const reasoning = words(thoughts).length;
	const usage = {
		input: 8 + Math.ceil(JSON.stringify([asked.system, asked.steps, asked.tools]).length / 4),
		output: kept.length + reasoning + calls.length * 12,
		reasoning,
	};
	return {
		model: asked.model,
		text: kept.join(''),
		thoughts,
		calls,
		cut: kept.length < words(whole).length,
		usage,
		credits: Math.max(0.01, Math.round((usage.input + usage.output * 4) / 10) / 100),
	};
}

/** A text in pieces, each a word with the space behind it: what a token is here. */
export const words = (whole: string): string[] => whole.match(/\S{1,16}\s*|\s+/gu) ?? [];

function answerText(asked: Asked): string {
	const results = resultsSince(asked.steps);
	if (asked.schema) return JSON.stringify(filled(asked.schema, results.at(-1) ?? lastSaid(asked)));
	if (results.length > 0) return `${asked.model} was told by its tools: ${results.join(' · ')}`;
	return [
		`${asked.model} heard “${lastSaid(asked)}”`,
		asked.system && ` under the system prompt “${asked.system}”`,
		asked.search && ' after a web search',
		` with ${asked.files.length} ${asked.files.length === 1 ? 'file' : 'files'}.`,
	]
		.filter(Boolean)
		.join('');
}

/** The steps since the user spoke last. */
const since = (steps: Step[]): Step[] => steps.slice(steps.findLastIndex(({ kind }) => kind === 'user') + 1);
const resultsSince = (steps: Step[]): string[] =>
	since(steps).flatMap((step) => (step.kind === 'result' ? [step.text] : []));

function lastSaid({ steps }: Asked): string {
	const said = steps.findLast((step) => step.kind === 'user');
	return said?.kind === 'user' ? said.text : '';
}

function callsFor(asked: Asked): ToolCall[] {
	const said = lastSaid(asked);
	const recent = since(asked.steps);
	const rounds = recent.filter(({ kind }, at) => kind === 'call' && recent[at - 1]?.kind !== 'call').length;
	const stage = said.split(/\bthen (?=call )/)[rounds] ?? '';
	const known = (name: string): boolean => asked.tools.some((tool) => tool.name === name);
	const wanted = [...stage.matchAll(/\bcall ([\w.-]+) with (?=\{)/g)].flatMap(({ 0: words, 1: name = '', index }) => {
		const args = firstObject(stage.slice(index + words.length));
		return args && known(name) ? [{ name, args }] : [];
	});
	const [first] = asked.tools;
	if (wanted.length > 0 || rounds > 0 || !first || !/\b(picture|image)/i.test(said)) return wanted;
	return [{ name: first.name, args: argumentsOf(first, said) }];
}

/** The JSON object that a text begins with. */
function firstObject(whole: string): JsonObject | undefined {
	for (let end = whole.indexOf('}'); end >= 0; end = whole.indexOf('}', end + 1)) {
		const value = parse(whole.slice(0, end + 1));
		if (isObject(value)) return value;
	}
	return undefined;
}

/** Where nothing is required: the first text parameter. */
function argumentsOf({ parameters }: Tool, said: string): JsonObject {
	const properties = object(parameters.properties);
	const required = Array.isArray(parameters.required) ? parameters.required.map(String) : [];
	const names = Object.keys(properties);
	const isText = (name: string): boolean => text(object(properties[name]).type).toLowerCase() === 'string';
	const chosen = required.length > 0 ? required : names.filter(isText).slice(0, 1);
	return Object.fromEntries(chosen.map((name) => [name, filled(object(properties[name]), said, parameters)]));
}

/** A value that fits a JSON Schema; its texts are the given one. References are looked up in `root`. */
export function filled(schema: JsonObject, said: string, root: JsonObject = schema): Json {
	const { $ref, enum: values, anyOf, oneOf, allOf, minimum = 0, default: byDefault } = schema;
	if (typeof $ref === 'string') return filled(referred(root, $ref), said, root);
	if (schema.const !== undefined) return schema.const;
	if (Array.isArray(values)) return values[0] ?? null;
	const [choice] = objects(anyOf ?? oneOf);
	if (choice) return filled(choice, said, root);
	if (Array.isArray(allOf)) return filled(Object.assign({}, ...objects(allOf)), said, root);
	switch (kindOf(schema)) {
		case 'array': {
			const items = Math.max(1, Number(schema.minItems ?? 1));
			return Array.from({ length: items }, () => filled(object(schema.items), said, root));
		}
		case 'string':
			return textFor(schema, said);
		case 'integer':
		case 'number':
			return typeof byDefault === 'number' ? byDefault : Math.max(1, Number(minimum));
		case 'boolean':
			return true;
		case 'null':
			return null;
		default: {
			const properties = Object.entries(object(schema.properties));
			if (properties.length === 0) return { answer: said };
			return Object.fromEntries(properties.map(([name, one]) => [name, filled(object(one), said, root)]));
		}
	}
}

/** Gemini writes its types in capitals. */
function kindOf({ type, items }: JsonObject): string {
	const [first] = Array.isArray(type) ? type : [type];
	return typeof first === 'string' ? first.toLowerCase() : items === undefined ? 'object' : 'array';
}

const formats: Record<string, string> = {
	uri: 'https://example.com/',
	date: '2026-01-01',
	'date-time': '2026-01-01T00:00:00Z',
	email: 'someone@example.com',
};

function textFor({ format, minLength = 0, maxLength = Infinity }: JsonObject, said: string): string {
	const known = typeof format === 'string' ? formats[format] : undefined;
	return known ?? said.padEnd(Number(minLength), '.').slice(0, Number(maxLength));
}

const referred = (root: JsonObject, reference: string): JsonObject =>
	reference
		.replace(/^#\/?/, '')
		.split('/')
		.filter(Boolean)
		.reduce<JsonObject>((at, name) => object(at[name]), root);
