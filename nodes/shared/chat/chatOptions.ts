import type { INodeProperties } from 'n8n-workflow';

import type { NumberRange } from '../form/numberRange';
import { numberIssue } from '../form/numberRange';
import { asNumber, asText, isEmpty, isObject } from '../json';
import type { Json, JsonObject } from '../json';
import type { ChatRequest, ReasoningEffort } from './chatTypes';
import { REASONING_EFFORTS } from './chatTypes';
import { ParameterError, parseJsonParameter } from './jsonParameter';
import { TIMEOUT_MINUTES } from './sendChat';

/** The options that all nodes with chat models have, and reading them. */

const EFFORT_LABELS: Record<ReasoningEffort, string> = {
	none: 'None',
	minimal: 'Minimal',
	low: 'Low',
	medium: 'Medium',
	high: 'High',
	xhigh: 'Extra High',
	max: 'Maximum',
};

/** The field for the JSON Schema of the response, whatever its name. */
export const responseSchema = {
	type: 'json',
	typeOptions: { rows: 6 },
	default: '{\n  "type": "object",\n  "properties": { "answer": { "type": "string" } },\n  "required": ["answer"]\n}',
	description: 'The JSON Schema of the response',
	displayOptions: { show: { outputFormat: ['jsonSchema'] } },
} satisfies Partial<INodeProperties>;

/** The limits of the number options. */
const MAX_TOKENS: NumberRange = { minValue: 1, maxValue: 10_000_000 };
const TEMPERATURE: NumberRange = { minValue: 0, maxValue: 2 };
const TOP_P: NumberRange = { minValue: 0, maxValue: 1 };
const TIMEOUT: NumberRange = { minValue: 0.001, maxValue: 1440 };

/** In the order of their labels. */
export const requestOptions: INodeProperties[] = [
	{
		displayName: 'Extra Body Fields',
		name: 'extraBody',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. { "instructions": "…" }',
		description:
			'Additional JSON properties to include in the request body, such as settings that this node does not know. They override the other parameters; arrays are replaced.',
	},
	{
		displayName: 'Maximum Number of Tokens',
		name: 'maxTokens',
		type: 'number',
		typeOptions: MAX_TOKENS,
		default: 4096,
		description:
			'The maximum number of tokens to generate. A response that reaches it is returned with the finish reason "length". Claude and custom models only.',
	},
	{
		displayName: 'Reasoning Effort',
		name: 'reasoningEffort',
		type: 'options',
		options: REASONING_EFFORTS.map((value) => ({ name: EFFORT_LABELS[value], value })),
		default: 'low',
		description:
			'How much the model reasons before it responds: lower values favor speed and cost, higher ones more complete reasoning. Most models support Low and High; for Claude, use Thinking instead.',
	},
	{
		displayName: 'Sampling Temperature',
		name: 'temperature',
		type: 'number',
		typeOptions: { ...TEMPERATURE, numberPrecision: 2 },
		default: 1,
		description:
			'Controls randomness: lowering it results in more predictable and repetitive responses. Claude and custom models only.',
	},
	{
		displayName: 'Thinking',
		name: 'thinking',
		type: 'boolean',
		default: true,
		description: 'Whether to enable thinking (Claude) or to include thoughts in the output (Gemini)',
	},
	{
		displayName: 'Timeout (Minutes)',
		name: 'timeout',
		type: 'number',
		typeOptions: TIMEOUT,
		default: TIMEOUT_MINUTES,
		description: 'The maximum time to wait for the response',
	},
	{
		displayName: 'Top P',
		name: 'topP',
		type: 'number',
		typeOptions: { ...TOP_P, numberPrecision: 2 },
		default: 1,
		description:
			'Controls diversity via nucleus sampling: 0.5 means half of all likelihood-weighted options are considered. Claude and custom models only.',
	},
	{
		displayName: 'Web Search',
		name: 'webSearch',
		type: 'boolean',
		default: false,
		description:
			'Whether to allow the model to search the web. Not supported by Claude, Kimi and DeepSeek; most other models do not support it together with tools.',
	},
];

interface RequestOptions {
	request: Omit<ChatRequest, 'messages' | 'json' | 'tools'>;
	timeoutMs: number;
}

/**
 * Reads the options of an item.
 * @throws ParameterError that names the option.
 */
export function readRequestOptions(options: JsonObject): RequestOptions {
	const timeout = readNumber(options.timeout, 'Timeout (Minutes)', TIMEOUT) ?? TIMEOUT_MINUTES;
	return {
		request: {
			webSearch: options.webSearch === true || undefined,
			reasoningEffort: readEffort(options.reasoningEffort),
			thinking: typeof options.thinking === 'boolean' ? options.thinking : undefined,
			temperature: readNumber(options.temperature, 'Sampling Temperature', TEMPERATURE),
			topP: readNumber(options.topP, 'Top P', TOP_P),
			maxTokens: readNumber(options.maxTokens, 'Maximum Number of Tokens', MAX_TOKENS),
			extraBody: readExtraBody(options.extraBody),
		},
		timeoutMs: timeout * 60_000,
	};
}

function readExtraBody(value: Json | undefined): JsonObject | undefined {
	const fields = parseJsonParameter(value, 'Extra Body Fields');
	if (isEmpty(fields)) return undefined;
	if (isObject(fields)) return fields;
	throw new ParameterError("'Extra Body Fields' must be a JSON object");
}

function readNumber(value: Json | undefined, label: string, range: NumberRange): number | undefined {
	if (isEmpty(value)) return undefined;
	const issue = numberIssue(value, label, range);
	if (issue === undefined) return asNumber(value);
	throw new ParameterError(issue);
}

function readEffort(value: Json | undefined): ReasoningEffort | undefined {
	const text = asText(value);
	const effort = REASONING_EFFORTS.find((one) => one === text);
	if (text === effort) return effort;
	throw new ParameterError(`'Reasoning Effort' must be one of ${REASONING_EFFORTS.join(', ')} (got ${text})`);
}
