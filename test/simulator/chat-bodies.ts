import type { InputSchema, Schema } from './types';

/**
 * The bodies of the chat paths: the schemas of test/kie-api/chat, without their descriptions. What is marked as `beyond` is not
 * on Kie's pages: public callers send it, or the protocol cannot return a tool's result without it.
 */

export const beyondMark = 'beyond the pages';
const beyond = (schema: Schema): Schema => ({ ...schema, title: beyondMark });

const text: Schema = { type: 'string' };
const url: Schema = { type: 'string', format: 'uri' };
const flag: Schema = { type: 'boolean' };
const anyObject: Schema = { type: 'object' };
const oneOf = (...values: string[]): Schema => ({ type: 'string', enum: values });
const streamed = (byDefault: boolean): Schema => ({ type: 'boolean', default: byDefault });
const object = (properties: Record<string, Schema>, ...required: string[]): Schema => ({
	type: 'object',
	...(required.length > 0 && { required }),
	properties,
});

const list = (items: Schema, minItems?: number): Schema => ({
	type: 'array',
	items,
	...(minItems !== undefined && { minItems }),
});

/** Chat completions. */

const chatPart = object({ type: oneOf('text', 'image_url'), text, image_url: object({ url }, 'url') }, 'type');
const chatCall = object(
	{ id: text, type: { const: 'function' }, function: object({ name: text, arguments: text }, 'name', 'arguments') },
	'id',
	'type',
	'function',
);
const chatMessages = list(
	object(
		{
			role: oneOf('developer', 'system', 'user', 'assistant', 'tool'),
			content: { anyOf: [text, list(chatPart, 1)] },
			tool_calls: beyond(list(chatCall, 1)),
			tool_call_id: beyond(text),
			name: beyond(text),
		},
		'role',
		'content',
	),
	1,
);
const chatTool = (properties: Record<string, Schema>): Schema =>
	list(object({ type: { const: 'function' }, function: object(properties, 'name') }, 'type', 'function'), 0);
const ownTools = chatTool({ name: text, description: text, parameters: anyObject });
const builtIn = (name: string): Schema => chatTool({ name: oneOf(name) });
const effort = oneOf('low', 'high');
const hard: Schema = { ...effort, default: 'high' };
const thoughts: Schema = { type: 'boolean', default: true };
const responseFormat = object(
	{
		type: { const: 'json_schema' },
		json_schema: object({ name: text, strict: flag, schema: anyObject }),
		properties: anyObject,
	},
	'type',
);

const chatBody = (properties: Record<string, Schema>): InputSchema => ({
	required: ['messages'],
	properties: { messages: chatMessages, ...properties },
});

export const gpt52Body = chatBody({ tools: builtIn('web_search'), reasoning_effort: hard });
export const gemini25FlashBody = chatBody({
	stream: streamed(true),
	tools: ownTools,
	include_thoughts: thoughts,
	response_format: responseFormat,
});
/** Gemini 2.5 Pro and 3 Pro. */
export const geminiProBody = chatBody({ ...gemini25FlashBody.properties, reasoning_effort: hard });
export const gemini31ProBody = chatBody({
	stream: streamed(true),
	tools: builtIn('googleSearch'),
	include_thoughts: thoughts,
	reasoning_effort: hard,
});
export const gemini3FlashBody = chatBody({
	stream: streamed(true),
	tools: ownTools,
	include_thoughts: thoughts,
	reasoning_effort: hard,
});
/** Gemini 3.5 to 3.8 Flash. The page's example for 3.5 sends a model too. */
export const geminiFlashBody = chatBody({
	stream: streamed(true),
	tools: ownTools,
	include_thoughts: flag,
	reasoning_effort: effort,
});
export const gemini35FlashBody = chatBody({ ...geminiFlashBody.properties, model: beyond(text) });

/** Responses. */

const responsesPart = object(
	{
		type: oneOf('input_text', 'input_image', 'input_file', 'output_text'),
		text,
		image_url: url,
		file_url: url,
	},
	'type',
);
const responsesMessage = object(
	{ role: oneOf('user', 'assistant', 'system', 'developer', 'tool'), content: list(responsesPart, 1) },
	'role',
	'content',
);
/** Items of a response that the next request contains, and the result of a function. */
const responsesItems = [
	object(
		{ type: { const: 'function_call' }, id: text, status: text, call_id: text, name: text, arguments: text },
		...['type', 'call_id', 'name', 'arguments'],
	),
	object({ type: { const: 'function_call_output' }, call_id: text, output: text }, 'type', 'call_id', 'output'),
	object(
		{ type: { const: 'reasoning' }, id: text, status: text, summary: list(anyObject), encrypted_content: text },
		...['type', 'summary'],
	),
];
const responsesInput: Schema = {
	anyOf: [{ type: 'string', minLength: 1 }, list({ anyOf: [responsesMessage, ...responsesItems.map(beyond)] }, 1)],
};
const responsesTool = object(
	{ type: { const: 'function' }, name: text, description: text, parameters: anyObject },
	'type',
	'name',
);
const searchTool = object({ type: { const: 'web_search' } }, 'type');
const reasoning = object({ effort: { ...oneOf('low', 'medium', 'high', 'xhigh'), default: 'low' } });
const textFormat = object({
	format: object(
		{ type: oneOf('text', 'json_object', 'json_schema'), name: text, strict: flag, schema: anyObject },
		'type',
	),
});

const responsesBody = (models: string[], properties: Record<string, Schema>): InputSchema => ({
	required: ['model', 'input'],
	properties: {
		model: oneOf(...models),
		input: responsesInput,
		reasoning,
		tools: list({ anyOf: [searchTool, responsesTool] }),
		...properties,
	},
});

/** Kie's other paths for Codex, and xAI's for coding tools. */
export const apiBody = (...models: string[]): InputSchema =>
	responsesBody(models, { stream: streamed(false), tool_choice: text });
/** `max_output_tokens` is accepted and ignored. */
export const codexBody = (...models: string[]): InputSchema =>
	responsesBody(models, {
		stream: streamed(false),
		tool_choice: text,
		instructions: beyond(text),
		text: beyond(textFormat),
		max_output_tokens: beyond({ type: 'integer', minimum: 1 }),
	});
export const grokBody = (...models: string[]): InputSchema =>
	responsesBody(models, { stream: streamed(true), text: textFormat });
export const openaiBody = (...models: string[]): InputSchema =>
	responsesBody(models, {
		stream: streamed(false),
		instructions: text,
		reasoning: object({ effort: oneOf('none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max') }),
		thinking: object({ type: oneOf('enabled', 'disabled', 'auto') }),
		tools: list(responsesTool),
		tool_choice: { anyOf: [text, object({ type: { const: 'function' }, name: text }, 'type', 'name')] },
		text: textFormat,
	});

/** Messages. */

const cached = { cache_control: anyObject };
const source: Schema = {
	anyOf: [
		object({ type: { const: 'url' }, url }, 'type', 'url'),
		object({ type: { const: 'base64' }, media_type: text, data: text }, 'type', 'media_type', 'data'),
	],
};
const block = (type: string, properties: Record<string, Schema>, ...required: string[]): Schema =>
	object({ type: { const: type }, ...properties, ...cached }, 'type', ...required);
const textBlock = block('text', { text }, 'text');
const imageBlock = block('image', { source }, 'source');
/** The pages only name the types of blocks; these are Anthropic's. */
const blocks = [
	textBlock,
	imageBlock,
	block('document', { source, title: text, context: text, citations: anyObject }, 'source'),
	block('tool_use', { id: text, name: text, input: anyObject, caller: anyObject }, 'id', 'name', 'input'),
	block(
		'tool_result',
		{
			tool_use_id: text,
			content: { anyOf: [text, list({ anyOf: [textBlock, imageBlock] })] },
			is_error: flag,
		},
		'tool_use_id',
	),
	block('thinking', { thinking: text, signature: text }, 'thinking', 'signature'),
	block('redacted_thinking', { data: text }, 'data'),
];
const anyBlock: Schema = {
	...object({ type: text, text }, 'type'),
	additionalProperties: true,
	anyOf: blocks.map(beyond),
};

const claudeMessages = list(
	object(
		{
			role: oneOf('user', 'assistant'),
			content: { anyOf: [text, list(anyBlock)] },
		},
		'role',
		'content',
	),
	1,
);
const claudeTools = list(
	object({ name: text, description: text, input_schema: anyObject }, 'name', 'description', 'input_schema'),
);
const system: Schema = { anyOf: [text, list(anyObject)] };
const outputConfig = object({ format: object({ type: { const: 'json_schema' }, schema: anyObject }) });

/** Sent by public callers. */
const sampling = {
	temperature: beyond({ type: 'number', minimum: 0, maximum: 1 }),
	top_p: beyond({ type: 'number', minimum: 0, maximum: 1 }),
	thinking: beyond(anyObject),
};
/** The rest of Anthropic's format is documented as passed on. */
const passedOn = {
	top_k: beyond({ type: 'integer', minimum: 0 }),
	stop_sequences: beyond(list(text)),
	tool_choice: beyond(anyObject),
	metadata: beyond(anyObject),
	output_config: beyond(outputConfig),
};

export const claudeBody = (...models: string[]): InputSchema => ({
	required: ['model', 'messages'],
	properties: {
		model: oneOf(...models),
		messages: claudeMessages,
		tools: claudeTools,
		thinkingFlag: flag,
		stream: streamed(true),
		max_tokens: { type: 'number', default: 4096 },
		output_config: outputConfig,
		system,
		...sampling,
	},
});
export const anthropicBody = (...models: string[]): InputSchema => ({
	required: ['model', 'messages'],
	properties: {
		model: oneOf(...models),
		max_tokens: { type: 'integer', minimum: 1 },
		messages: claudeMessages,
		system,
		tools: claudeTools,
		stream: streamed(false),
		...sampling,
		...passedOn,
	},
});

/** Gemini's own format. */

const signature = { thoughtSignature: beyond(text) };
const functionCall: Schema = {
	required: ['functionCall'],
	properties: { functionCall: beyond(object({ name: text, args: anyObject, id: text }, 'name', 'args')), ...signature },
};
const functionResponse: Schema = {
	required: ['functionResponse'],
	properties: {
		functionResponse: beyond(object({ name: text, response: anyObject, id: text }, 'name', 'response')),
	},
};

export const geminiBody: InputSchema = {
	required: ['contents'],
	properties: {
		contents: list(
			object(
				{
					role: oneOf('user', 'model'),
					parts: list({
						anyOf: [
							object({ text, thought: beyond(flag), ...signature }, 'text'),
							object({ inline_data: object({ mime_type: text, data: text }) }, 'inline_data'),
							object({ file_data: object({ mime_type: text, file_uri: url }) }, 'file_data'),
							{ type: 'object', anyOf: [functionCall, functionResponse] },
						],
					}),
				},
				'role',
				'parts',
			),
			1,
		),
		tools: list({
			anyOf: [
				object({ googleSearch: anyObject }, 'googleSearch'),
				object(
					{
						functionDeclarations: list(
							object({ name: text, description: text, parameters: anyObject }, 'name', 'description', 'parameters'),
						),
					},
					'functionDeclarations',
				),
			],
		}),
		generationConfig: object({ thinkingConfig: object({ includeThoughts: flag, thinkingLevel: effort }) }),
		stream: streamed(true),
	},
};
