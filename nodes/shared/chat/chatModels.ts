import type { ChatCapabilities, ChatModel, ProtocolName, ReasoningEffort } from './chatTypes';

/** Kie's chat models by family. Data first; the rest turns it into models. */

interface Family {
	name: string;
	protocol: ProtocolName;
	/** `{id}` stands for the model's ID. Where it has none, the model is named in the body. */
	path: string;
	capabilities: ChatCapabilities;
	/** IDs typed by hand that belong to the family; the first family that fits is it. */
	pattern: RegExp;
	models: Member[];
}

interface Member {
	id: string;
	title: string;
	/** Where it is not the family's. */
	path?: string;
	withoutStream?: boolean;
	/** What differs from the family. */
	capabilities?: Partial<ChatCapabilities>;
	status?: ChatModel['status'];
}

const LOW_HIGH: readonly ReasoningEffort[] = ['low', 'high'];
const LOW_TO_XHIGH: readonly ReasoningEffort[] = ['low', 'medium', 'high', 'xhigh'];
const ALL_EFFORTS: readonly ReasoningEffort[] = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'];

const ALL_FILES: ChatCapabilities['files'] = ['image', 'video', 'audio', 'file'];
const DOCUMENTS: ChatCapabilities['files'] = ['image', 'file'];

const gptResponses: ChatCapabilities = {
	files: DOCUMENTS,
	tools: true,
	webSearch: 'web_search',
	efforts: LOW_TO_XHIGH,
};
const geminiChat: ChatCapabilities = {
	files: ALL_FILES,
	tools: true,
	webSearch: 'googleSearch',
	efforts: LOW_HIGH,
	thinking: true,
};

/** Has a documentation page, but was not in Kie's model list in October 2026. */
const status = 'Possibly Unavailable';

/** Listed, but no page says where it answers. */
const unsure = 'Unverified';

const families: Family[] = [
	{
		name: 'GPT 5.2',
		protocol: 'openai-chat',
		path: '/{id}/v1/chat/completions',
		capabilities: { files: ['image'], webSearch: 'web_search', efforts: LOW_HIGH },
		pattern: /^gpt-5-2$/,
		models: [{ id: 'gpt-5-2', title: 'GPT 5.2', withoutStream: true }],
	},
	{
		name: 'GPT Codex',
		protocol: 'openai-responses',
		path: '/api/v1/responses',
		capabilities: gptResponses,
		pattern: /^gpt-.*codex/,
		models: [
			{ id: 'gpt-5.4-codex', title: 'GPT 5.4 Codex', status },
			{ id: 'gpt-5.3-codex', title: 'GPT 5.3 Codex', status },
			{ id: 'gpt-5.2-codex', title: 'GPT 5.2 Codex', status },
			{ id: 'gpt-5.1-codex', title: 'GPT 5.1 Codex', status },
			{ id: 'gpt-5-codex', title: 'GPT 5 Codex', status },
		],
	},
	{
		// Kimi and DeepSeek; GPT with dots in its ID, as coding tools call it, answers here too.
		name: 'Kimi and DeepSeek',
		protocol: 'openai-responses',
		path: '/openai/v1/responses',
		capabilities: { files: DOCUMENTS, tools: true, efforts: ALL_EFFORTS, json: true, jsonSchema: true },
		pattern: /^(kimi|deepseek)-|^gpt-\d+\.\d/,
		models: [
			{ id: 'kimi-k3', title: 'Kimi K3', capabilities: { efforts: ['low', 'medium', 'high'] } },
			{ id: 'deepseek-v4-1-flash', title: 'DeepSeek V4.1 Flash' },
		],
	},
	{
		name: 'GPT',
		protocol: 'openai-responses',
		path: '/codex/v1/responses',
		capabilities: gptResponses,
		pattern: /^gpt-/,
		models: [
			{ id: 'gpt-6-1-sol', title: 'GPT 6.1 Sol' },
			{ id: 'gpt-6-astra', title: 'GPT 6 Astra' },
			{ id: 'gpt-6-luna', title: 'GPT 6 Luna' },
			{ id: 'gpt-6-sol', title: 'GPT 6 Sol' },
			{ id: 'gpt-5-6-luna', title: 'GPT 5.6 Luna' },
			{ id: 'gpt-5-6-sol', title: 'GPT 5.6 Sol' },
			{ id: 'gpt-5-6-terra', title: 'GPT 5.6 Terra' },
			{ id: 'gpt-5-5', title: 'GPT 5.5' },
			{ id: 'gpt-5-4', title: 'GPT 5.4', status },
		],
	},
	{
		name: 'Claude',
		protocol: 'anthropic-messages',
		path: '/claude/v1/messages',
		// Temperature and top p are not on the page; public callers send them.
		capabilities: { files: DOCUMENTS, tools: true, thinking: true, temperature: true, topP: true, maxTokens: true },
		pattern: /^claude-/,
		models: [
			{ id: 'claude-opus-5-5', title: 'Claude Opus 5.5', status: unsure },
			{ id: 'claude-opus-5', title: 'Claude Opus 5' },
			{ id: 'claude-opus-4-8', title: 'Claude Opus 4.8' },
			{ id: 'claude-opus-4-7', title: 'Claude Opus 4.7' },
			{ id: 'claude-opus-4-6', title: 'Claude Opus 4.6' },
			{ id: 'claude-opus-4-5', title: 'Claude Opus 4.5' },
			{ id: 'claude-sonnet-5-5', title: 'Claude Sonnet 5.5', status: unsure },
			{ id: 'claude-sonnet-5', title: 'Claude Sonnet 5' },
			{ id: 'claude-sonnet-4-6', title: 'Claude Sonnet 4.6' },
			{ id: 'claude-sonnet-4-5', title: 'Claude Sonnet 4.5', capabilities: { jsonSchema: true } },
			{ id: 'claude-haiku-4-5', title: 'Claude Haiku 4.5' },
			{ id: 'claude-fable-5', title: 'Claude Fable 5', capabilities: { tools: false } },
		],
	},
	{
		name: 'Grok',
		protocol: 'openai-responses',
		path: '/grok/v1/responses',
		capabilities: { ...gptResponses, json: true, jsonSchema: true },
		pattern: /^grok-/,
		models: [
			{ id: 'grok-4-7', title: 'Grok 4.7' },
			{ id: 'grok-4-6', title: 'Grok 4.6' },
			{ id: 'grok-4-5', title: 'Grok 4.5' },
			{ id: 'grok-4-3', title: 'Grok 4.3', status },
		],
	},
	{
		name: 'Gemini',
		protocol: 'openai-chat',
		path: '/{id}/v1/chat/completions',
		capabilities: geminiChat,
		// Google's own form has hyphens in its version and no ending.
		pattern: /^gemini-(?!\d+-\d+-(?!.*-openai$))/,
		models: [
			{ id: 'gemini-3.1-pro', title: 'Gemini 3.1 Pro', capabilities: { tools: false } },
			{ id: 'gemini-3-pro', title: 'Gemini 3 Pro', capabilities: { jsonSchema: true } },
			{ id: 'gemini-3-8-flash-openai', title: 'Gemini 3.8 Flash' },
			{ id: 'gemini-3-7-flash-openai', title: 'Gemini 3.7 Flash' },
			{ id: 'gemini-3-6-flash-openai', title: 'Gemini 3.6 Flash' },
			{ id: 'gemini-3-5-flash-openai', title: 'Gemini 3.5 Flash' },
			{ id: 'gemini-3-flash', title: 'Gemini 3 Flash', status },
			{ id: 'gemini-2.5-pro', title: 'Gemini 2.5 Pro', capabilities: { jsonSchema: true } },
			{
				id: 'gemini-2.5-flash',
				title: 'Gemini 2.5 Flash',
				capabilities: { jsonSchema: true, efforts: undefined },
				status,
			},
		],
	},
	{
		name: 'Gemini, Google Form',
		protocol: 'gemini',
		path: '/gemini/v1/models/{id}:streamGenerateContent',
		capabilities: geminiChat,
		pattern: /^gemini-/,
		models: [
			{ id: 'gemini-3-8-flash', title: 'Gemini 3.8 Flash (Google Form)' },
			{ id: 'gemini-3-7-flash', title: 'Gemini 3.7 Flash (Google Form)' },
			{ id: 'gemini-3-6-flash', title: 'Gemini 3.6 Flash (Google Form)' },
			{ id: 'gemini-3-5-flash', title: 'Gemini 3.5 Flash (Google Form)' },
			{
				id: 'gemini-3-flash-v1beta',
				title: 'Gemini 3 Flash (Google Form)',
				// The path really reads like this.
				path: '/gemini/v1/models/gemini-3-flash-v1betamodels:streamGenerateContent',
				status,
			},
		],
	},
];

function toModel({ name, protocol, path, capabilities }: Family, { capabilities: own, ...member }: Member): ChatModel {
	return {
		family: name,
		protocol,
		...(!path.includes('{id}') && { bodyModel: member.id }),
		...member,
		path: (member.path ?? path).replace('{id}', encodeURIComponent(member.id)),
		capabilities: { ...capabilities, ...own },
	};
}

/** Every model that the list offers, family by family. */
export const chatModels: ChatModel[] = families.flatMap((family) =>
	family.models.map((member) => toModel(family, member)),
);

/**
 * The model of an ID, which may be one that is newer than this list: it goes to the protocol and path of its family.
 * undefined: no family has such an ID.
 */
export function findChatModel(id: string): ChatModel | undefined {
	const known = chatModels.find((model) => model.id === id);
	if (known) return known;
	const family = families.find(({ pattern }) => pattern.test(id));
	return family && toModel(family, { id, title: id });
}

/** A model of which only the address is known: whatever the user sets is sent in the words of the protocol, if it has any. */
export function customChatModel(protocol: ProtocolName, path: string, id: string): ChatModel {
	return {
		id,
		title: id || 'Custom Model',
		family: 'Custom',
		protocol,
		path,
		...(id !== '' && { bodyModel: id }),
		capabilities: {
			files: ALL_FILES,
			tools: true,
			...(protocol !== 'anthropic-messages' && {
				webSearch: protocol === 'gemini' || path.includes('gemini') ? 'googleSearch' : 'web_search',
				efforts: ALL_EFFORTS,
			}),
			thinking: protocol !== 'openai-responses',
			json: protocol !== 'anthropic-messages',
			jsonSchema: true,
			temperature: true,
			topP: true,
			maxTokens: true,
		},
	};
}
