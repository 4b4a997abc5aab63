import {
	anthropicBody,
	apiBody,
	claudeBody,
	codexBody,
	gemini25FlashBody,
	gemini31ProBody,
	gemini35FlashBody,
	gemini3FlashBody,
	geminiBody,
	geminiFlashBody,
	geminiProBody,
	gpt52Body,
	grokBody,
	openaiBody,
} from './chat-bodies';
import { has, is, isNot, lacks, some, type SchemaRule } from './rules';
import type { InputSchema, Schema } from './types';

/** Every chat path and its models. */

export type ProtocolName = 'openai-chat' | 'openai-responses' | 'anthropic-messages' | 'gemini';

export interface ChatEndpoint {
	path: string;
	protocol: ProtocolName;
	/** If the path belongs to one model. */
	model?: string;
	body: InputSchema;
	rules: SchemaRule[];
	/** Responses were observed with the content type text/plain. */
	plainText?: true;
	/** Responses were observed that exceed the token limit. */
	anyLength?: true;
}

const isFunction: Schema = { properties: { type: { const: 'function' } } };
const isSearch: Schema = { properties: { type: { const: 'web_search' } } };
const functionNamed = (name: Schema): Schema => ({ properties: { function: { properties: { name } } } });
const ownFunctions = some('tools', functionNamed({ not: { const: 'googleSearch' } }));
const effortOf = (effort: Schema): Schema => ({ required: ['reasoning'], properties: { reasoning: effort } });

const searchOrFunctions: SchemaRule = {
	message: 'Google Search and functions exclude each other',
	if: some('tools', functionNamed({ const: 'googleSearch' })),
	then: { not: ownFunctions },
};
const formatOrFunctions: SchemaRule = {
	message: 'response_format and functions exclude each other',
	if: has('response_format'),
	then: { not: ownFunctions },
};
const webSearchOrFunctions: SchemaRule = {
	message: 'web_search and functions exclude each other',
	if: some('tools', isSearch),
	then: { not: some('tools', isFunction) },
};
const autoWithFunctions: SchemaRule = {
	message: 'tool_choice is auto when functions are given',
	if: some('tools', isFunction),
	then: { properties: { tool_choice: { const: 'auto' } } },
};
const openaiRules: SchemaRule[] = [
	{
		message: 'Kimi takes the efforts low, medium and high',
		if: is('model', 'kimi-k3'),
		then: { properties: { reasoning: { properties: { effort: { enum: ['low', 'medium', 'high'] } } } } },
	},
	{ message: 'thinking is for DeepSeek only', if: isNot('model', 'deepseek-v4-1-flash'), then: lacks('thinking') },
	{
		message: 'thinking and reasoning.effort exclude each other',
		if: has('thinking'),
		then: { not: effortOf(has('effort')) },
	},
];
const claudeRules: SchemaRule[] = [
	{
		message: 'output_config is for claude-sonnet-4-5 only',
		if: has('output_config'),
		then: is('model', 'claude-sonnet-4-5'),
	},
	{ message: 'claude-fable-5 takes no tools', if: is('model', 'claude-fable-5'), then: lacks('tools') },
];

const ofModel = (model: string, body: InputSchema, ...rules: SchemaRule[]): ChatEndpoint => ({
	path: `/${model}/v1/chat/completions`,
	protocol: 'openai-chat',
	model,
	body,
	rules,
});
const gemini = (model: string, inPath = model): ChatEndpoint => ({
	path: `/gemini/v1/models/${inPath}:streamGenerateContent`,
	protocol: 'gemini',
	model,
	body: geminiBody,
	rules: [],
});
const responses = (path: string, body: InputSchema, ...rules: SchemaRule[]): ChatEndpoint => ({
	path,
	protocol: 'openai-responses',
	body,
	rules,
});
const messages = (path: string, body: InputSchema, ...rules: SchemaRule[]): ChatEndpoint => ({
	path,
	protocol: 'anthropic-messages',
	body,
	rules,
	plainText: true,
});

const gptWithDots = [
	...['gpt-6.1-sol', 'gpt-6-astra', 'gpt-6-sol', 'gpt-6-luna', 'gpt-5.6-sol', 'gpt-5.6-terra', 'gpt-5.6-luna'],
	...['gpt-5.5', 'gpt-5.4'],
];
const gpts = [
	...['gpt-5-4', 'gpt-5-5', 'gpt-5-6-luna', 'gpt-5-6-sol', 'gpt-5-6-terra'],
	...['gpt-6-astra', 'gpt-6-luna', 'gpt-6-sol', 'gpt-6-1-sol'],
];
const codexes = ['gpt-5-codex', 'gpt-5.1-codex', 'gpt-5.2-codex', 'gpt-5.3-codex', 'gpt-5.4-codex'];
const claudes = [
	...['claude-fable-5', 'claude-opus-5-5', 'claude-opus-5', 'claude-sonnet-5-5', 'claude-sonnet-5'],
	...['claude-opus-4-8', 'claude-opus-4-7', 'claude-opus-4-6', 'claude-sonnet-4-6', 'claude-opus-4-5'],
	...['claude-sonnet-4-5', 'claude-haiku-4-5'],
];
const groks = ['grok-4-7', 'grok-4-6', 'grok-4-5', 'grok-4-3'];

export const chatEndpoints: ChatEndpoint[] = [
	{ ...ofModel('gpt-5-2', gpt52Body), plainText: true },
	ofModel('gemini-2.5-flash', gemini25FlashBody, searchOrFunctions, formatOrFunctions),
	ofModel('gemini-2.5-pro', geminiProBody, searchOrFunctions, formatOrFunctions),
	ofModel('gemini-3-pro', geminiProBody, searchOrFunctions, formatOrFunctions),
	ofModel('gemini-3.1-pro', gemini31ProBody),
	ofModel('gemini-3-flash', gemini3FlashBody),
	ofModel('gemini-3-5-flash-openai', gemini35FlashBody, searchOrFunctions),
	ofModel('gemini-3-6-flash-openai', geminiFlashBody, searchOrFunctions),
	ofModel('gemini-3-7-flash-openai', geminiFlashBody, searchOrFunctions),
	ofModel('gemini-3-8-flash-openai', geminiFlashBody, searchOrFunctions),
	gemini('gemini-3-flash-v1beta', 'gemini-3-flash-v1betamodels'),
	gemini('gemini-3-5-flash'),
	gemini('gemini-3-6-flash'),
	gemini('gemini-3-7-flash'),
	gemini('gemini-3-8-flash'),
	responses('/codex/v1/responses', codexBody(...gpts), webSearchOrFunctions, autoWithFunctions),
	responses('/api/v1/responses', apiBody(...codexes), webSearchOrFunctions, autoWithFunctions),
	responses('/grok/v1/responses', grokBody(...groks), webSearchOrFunctions),
	responses('/xai/v1/responses', apiBody(...groks), webSearchOrFunctions),
	responses('/openai/v1/responses', openaiBody('kimi-k3', 'deepseek-v4-1-flash', ...gptWithDots), ...openaiRules),
	messages('/claude/v1/messages', claudeBody(...claudes), ...claudeRules),
	{ ...messages('/anthropic/v1/messages', anthropicBody(...claudes)), anyLength: true },
];

/** What coding tools list. */
export const chatListings = { openai: gptWithDots, anthropic: claudes, xai: groks };

const listedGeminis = ['gemini-3-5-flash', 'gemini-3-6-flash', 'gemini-3-7-flash', 'gemini-3-8-flash'];

/** The chat models of the live catalogue, by provider; some that have pages are not in it. */
export const liveChatModels: Record<string, string[]> = {
	Google: [
		...['gemini-2.5-pro', 'gemini-3-pro', 'gemini-3.1-pro'],
		...listedGeminis.flatMap((model) => [model, `${model}-openai`]),
	],
	OpenAI: ['gpt-5-2', ...gpts.filter((model) => model !== 'gpt-5-4')],
	Anthropic: claudes,
	xAI: groks.filter((model) => model !== 'grok-4-3'),
	Moonshot: ['kimi-k3'],
	DeepSeek: ['deepseek-v4-1-flash'],
};
