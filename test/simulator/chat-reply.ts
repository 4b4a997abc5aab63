import { type ChatRequest, object, objects, type Step, text, type Tool } from './chat-request';
import { isObject, parse } from './json';
import type { Json, JsonObject } from './types';

/** The replies of the simulator's models; the same request gets the same reply. */

export interface Reply {
	/** The requested ID. */
	model: string;
	text: string;
	thoughts: string;
	calls: ToolCall[];
	/** Whether the reply reached the token limit. */
	isTruncated: boolean;
	usage: { input: number; output: number; reasoning: number };
	credits: number;
}

export interface ToolCall {
	name: string;
	args: JsonObject;
}

/**
 * A user's message controls the tools: `call <name> with {json}` calls a tool, several of them in one message are several calls
 * in one reply, and `then call …` is called once the calls before it have their results. The word "image" in the
 * message calls the first tool, its text parameters filled with the message. The reply quotes the results of tools.
 */
export function replyTo(request: ChatRequest, fault: 'length' | 'no-answer' | undefined): Reply {
	if (fault === 'no-answer') return { ...withUsage(request, '', []), usage: noUsage, credits: 0 };
	const calls = callsFor(request);
	const fullText = calls.length > 0 ? '' : answerText(request);
	const maxWords = fault === 'length' ? Math.max(1, Math.floor(words(fullText).length / 2)) : request.maxWords;
	return withUsage(request, fullText, calls, maxWords);
}

const noUsage = { input: 0, output: 0, reasoning: 0 };

function withUsage(request: ChatRequest, fullText: string, calls: ToolCall[], maxWords = Infinity): Reply {
	const replyWords = words(fullText).slice(0, maxWords);
	const thoughts = request.thoughts ? `The user wants to know about “${lastUserText(request)}”.` : '';
	const reasoning = words(thoughts).length;
	const usage = {
		input: 8 + Math.ceil(JSON.stringify([request.system, request.steps, request.tools]).length / 4),
		output: replyWords.length + reasoning + calls.length * 12,
		reasoning,
	};
	return {
		model: request.model,
		text: replyWords.join(''),
		thoughts,
		calls,
		isTruncated: replyWords.length < words(fullText).length,
		usage,
		credits: Math.max(0.01, Math.round((usage.input + usage.output * 4) / 10) / 100),
	};
}

/** A text split into words with the space after them, which are the tokens here. */
export const words = (content: string): string[] => content.match(/\S{1,16}\s*|\s+/gu) ?? [];

function answerText(request: ChatRequest): string {
	const results = resultsSince(request.steps);
	if (request.schema) return JSON.stringify(filled(request.schema, results.at(-1) ?? lastUserText(request)));
	if (results.length > 0) return `${request.model} was told by its tools: ${results.join(' · ')}`;
	return [
		`${request.model} heard “${lastUserText(request)}”`,
		request.system && ` under the system prompt “${request.system}”`,
		request.search && ' after a web search',
		` with ${request.files.length} ${request.files.length === 1 ? 'file' : 'files'}.`,
	]
		.filter(Boolean)
		.join('');
}

/** The steps since the user spoke last. */
const since = (steps: Step[]): Step[] => steps.slice(steps.findLastIndex(({ kind }) => kind === 'user') + 1);
const resultsSince = (steps: Step[]): string[] =>
	since(steps).flatMap((step) => (step.kind === 'result' ? [step.text] : []));

function lastUserText({ steps }: ChatRequest): string {
	const message = steps.findLast((step) => step.kind === 'user');
	return message?.kind === 'user' ? message.text : '';
}

function callsFor(request: ChatRequest): ToolCall[] {
	const message = lastUserText(request);
	const recent = since(request.steps);
	const rounds = recent.filter(({ kind }, at) => kind === 'call' && recent[at - 1]?.kind !== 'call').length;
	const round = message.split(/\bthen (?=call )/)[rounds] ?? '';
	const isTool = (name: string): boolean => request.tools.some((tool) => tool.name === name);
	const calls = [...round.matchAll(/\bcall ([\w.-]+) with (?=\{)/g)].flatMap(({ 0: words, 1: name = '', index }) => {
		const args = firstObject(round.slice(index + words.length));
		return args && isTool(name) ? [{ name, args }] : [];
	});
	const [first] = request.tools;
	if (calls.length > 0 || rounds > 0 || !first || !/\bimage/i.test(message)) return calls;
	return [{ name: first.name, args: argumentsOf(first, message) }];
}

/** The JSON object that a text begins with. */
function firstObject(content: string): JsonObject | undefined {
	for (let end = content.indexOf('}'); end >= 0; end = content.indexOf('}', end + 1)) {
		const value = parse(content.slice(0, end + 1));
		if (isObject(value)) return value;
	}
	return undefined;
}

/** If no parameter is required, only the first text parameter is set. */
function argumentsOf({ parameters }: Tool, message: string): JsonObject {
	const properties = object(parameters.properties);
	const required = Array.isArray(parameters.required) ? parameters.required.map(String) : [];
	const names = Object.keys(properties);
	const isText = (name: string): boolean => text(object(properties[name]).type).toLowerCase() === 'string';
	const filledNames = required.length > 0 ? required : names.filter(isText).slice(0, 1);
	return Object.fromEntries(filledNames.map((name) => [name, filled(object(properties[name]), message, parameters)]));
}

/** A value that matches a JSON Schema; its texts are the message. References are resolved in `root`. */
export function filled(schema: JsonObject, message: string, root: JsonObject = schema): Json {
	const { $ref, enum: values, anyOf, oneOf, allOf, minimum = 0, default: byDefault } = schema;
	if (typeof $ref === 'string') return filled(referred(root, $ref), message, root);
	if (schema.const !== undefined) return schema.const;
	if (Array.isArray(values)) return values[0] ?? null;
	const [choice] = objects(anyOf ?? oneOf);
	if (choice) return filled(choice, message, root);
	if (Array.isArray(allOf)) return filled(Object.assign({}, ...objects(allOf)), message, root);
	switch (kindOf(schema)) {
		case 'array': {
			const items = Math.max(1, Number(schema.minItems ?? 1));
			return Array.from({ length: items }, () => filled(object(schema.items), message, root));
		}
		case 'string':
			return textFor(schema, message);
		case 'integer':
		case 'number':
			return typeof byDefault === 'number' ? byDefault : Math.max(1, Number(minimum));
		case 'boolean':
			return true;
		case 'null':
			return null;
		default: {
			const properties = Object.entries(object(schema.properties));
			if (properties.length === 0) return { answer: message };
			return Object.fromEntries(properties.map(([name, property]) => [name, filled(object(property), message, root)]));
		}
	}
}

/** Gemini's types are in upper case. */
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

function textFor({ format, minLength = 0, maxLength = Infinity }: JsonObject, message: string): string {
	const example = typeof format === 'string' ? formats[format] : undefined;
	return example ?? message.padEnd(Number(minLength), '.').slice(0, Number(maxLength));
}

const referred = (root: JsonObject, reference: string): JsonObject =>
	reference
		.replace(/^#\/?/, '')
		.split('/')
		.filter(Boolean)
		.reduce<JsonObject>((at, name) => object(at[name]), root);
