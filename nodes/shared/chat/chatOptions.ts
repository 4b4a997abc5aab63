import type { INodeProperties } from 'n8n-workflow';

import { isEmpty, isObject, asNumber, asText } from '../json';
import type { Json, JsonObject } from '../json';
import { ParameterError, parseJsonParameter } from './jsonParameter';
import { TIMEOUT_MINUTES } from './sendChat';
import type { ChatRequest, ReasoningEffort } from './chatTypes';

/** The options that every node with chat models has, and what they set of a request. */

const EFFORTS: Record<ReasoningEffort, string> = {
	none: 'None',
	minimal: 'Minimal',
	low: 'Low',
	medium: 'Medium',
	high: 'High',
	xhigh: 'Extra High',
	max: 'Maximum',
};

/** What the field for the form of a JSON answer is, whatever its name: shown beside the output format of that kind. */
export const schemaOfAnswer = {
	type: 'json',
	typeOptions: { rows: 6 },
	default: '{\n  "type": "object",\n  "properties": { "answer": { "type": "string" } },\n  "required": ["answer"]\n}',
	displayOptions: { show: { outputFormat: ['jsonSchema'] } },
} satisfies Partial<INodeProperties>;

/** In the order of their labels. */
export const requestOptions: INodeProperties[] = [
	{
		displayName: 'Extra Body Fields',
		name: 'extraBody',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. { "instructions": "…" }',
		description:
			'Fields of the request, whatever this node knows of the model. They go over what else is set; lists are replaced.',
	},
	{
		displayName: 'Max Tokens',
		name: 'maxTokens',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 4096,
		description:
			'How long the answer may be. One that is cut there comes out with the finish reason length. For Claude.',
	},
	{
		displayName: 'Reasoning Effort',
		name: 'reasoningEffort',
		type: 'options',
		options: Object.entries(EFFORTS).map(([value, name]) => ({ name, value })),
		default: 'low',
		description: 'How hard the model thinks. Most models take Low and High; Claude has Thinking instead.',
	},
	{
		displayName: 'Temperature',
		name: 'temperature',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 2, numberPrecision: 2 },
		default: 1,
		description: 'How much chance there is in the answer. For Claude.',
	},
	{
		displayName: 'Thinking',
		name: 'thinking',
		type: 'boolean',
		default: true,
		description: 'Whether Claude thinks before it answers; of Gemini, whether its thoughts come out',
	},
	{
		displayName: 'Timeout (Minutes)',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 0.01, maxValue: 1440 },
		default: TIMEOUT_MINUTES,
		description: 'How long to wait for an answer',
	},
	{
		displayName: 'Top P',
		name: 'topP',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
		default: 1,
		description: 'The share of likely words that the model chooses from. For Claude.',
	},
	{
		displayName: 'Web Search',
		name: 'webSearch',
		type: 'boolean',
		default: false,
		description:
			'Whether the model may search the web. Not with Claude, Kimi and DeepSeek; most models not with tools.',
	},
];

/** What the options say. */
interface RequestOptions {
	request: Omit<ChatRequest, 'messages' | 'stream' | 'json' | 'tools'>;
	timeoutMs: number;
}

/**
 * Reads the options of an item; what is not set is left out.
 * @throws ParameterError that names the option.
 */
export function readRequestOptions(given: JsonObject): RequestOptions {
	const timeout = numberOf(given.timeout, 'Timeout (Minutes)', 0.001) ?? TIMEOUT_MINUTES;
	const extraBody = parseJsonParameter(given.extraBody, 'Extra Body Fields');
	if (!isEmpty(extraBody) && !isObject(extraBody))
		throw new ParameterError("'Extra Body Fields' has to be a JSON object");
	const reasoningEffort = effortOf(given.reasoningEffort);
	const temperature = numberOf(given.temperature, 'Temperature', 0);
	const topP = numberOf(given.topP, 'Top P', 0);
	const maxTokens = numberOf(given.maxTokens, 'Max Tokens', 1);
	return {
		request: {
			...(given.webSearch === true && { webSearch: true }),
			...(reasoningEffort !== undefined && { reasoningEffort }),
			...(typeof given.thinking === 'boolean' && { thinking: given.thinking }),
			...(temperature !== undefined && { temperature }),
			...(topP !== undefined && { topP }),
			...(maxTokens !== undefined && { maxTokens }),
			...(isObject(extraBody) && !isEmpty(extraBody) && { extraBody }),
		},
		timeoutMs: timeout * 60_000,
	};
}

function numberOf(value: Json | undefined, label: string, lowest: number): number | undefined {
	if (isEmpty(value)) return undefined;
	const given = asNumber(value);
	if (given !== undefined && given >= lowest) return given;
	throw new ParameterError(`'${label}' has to be a number of at least ${lowest}, not ${String(value)}`);
}

function effortOf(value: Json | undefined): ReasoningEffort | undefined {
	const given = asText(value);
	if (given === undefined || isEffort(given)) return given;
	throw new ParameterError(`'Reasoning Effort' can be ${Object.keys(EFFORTS).join(', ')}, not ${given}`);
}

function isEffort(value: string): value is ReasoningEffort {
	return Object.hasOwn(EFFORTS, value);
}
