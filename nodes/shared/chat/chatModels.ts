import type { ChatCapabilities, ChatModel, ProtocolName, ReasoningEffort } from './chatTypes';
import { REASONING_EFFORTS } from './chatTypes';

/** Kie's chat models by family, as data. */

interface Family {
	name: string;
	protocol: ProtocolName;
	/** `{id}` stands for the model's ID. Without it, the body names the model. */
	path: string;
	capabilities: ChatCapabilities;
	/** Unlisted IDs of the family; the first family that matches counts. */
	pattern: RegExp;
	models: Member[];
}

interface Member {
	id: string;
	title: string;
	/** If it is not the family's. */
	path?: string;
	withoutStream?: boolean;
	/** What differs from the family. */
	capabilities?: Partial<ChatCapabilities>;
	status?: ChatModel['status'];
}

const LOW_HIGH: readonly ReasoningEffort[] = ['low', 'high'];
const LOW_TO_XHIGH: readonly ReasoningEffort[] = ['low', 'medium', 'high', 'xhigh'];

const ALL_FILES: ChatCapabilities['files'] = ['image', 'video', 'audio', 'file'];
const DOCUMENTS: ChatCapabilities['files'] = ['image', 'file'];

const gptResponses: ChatCapabilities = {
	files: DOCUMENTS,
	tools: true,
	webSearch: 'web_search',
	reasoningEffort: LOW_TO_XHIGH,
};
const geminiChat: ChatCapabilities = {
	files: ALL_FILES,
	tools: true,
	webSearch: 'googleSearch',
	reasoningEffort: LOW_HIGH,
	thinking: true,
};

/** Documented, but not in Kie's model list in October 2026. */
const UNLISTED = 'Possibly Unavailable';

/** In Kie's model list, but without a documented path. */
const UNDOCUMENTED = 'Unverified';

const families: Family[] = [
	{
		name: 'GPT 5.2',
		protocol: 'openai-chat',
		path: '/{id}/v1/chat/completions',
		capabilities: { files: ['image'], webSearch: 'web_search', reasoningEffort: LOW_HIGH },
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
			{ id: 'gpt-5.4-codex', title: 'GPT 5.4 Codex', status: UNLISTED },
			{ id: 'gpt-5.3-codex', title: 'GPT 5.3 Codex', status: UNLISTED },
			{ id: 'gpt-5.2-codex', title: 'GPT 5.2 Codex', status: UNLISTED },
			{ id: 'gpt-5.1-codex', title: 'GPT 5.1 Codex', status: UNLISTED },
			{ id: 'gpt-5-codex', title: 'GPT 5 Codex', status: UNLISTED },
		],
	},
	{
		// GPT IDs with dots, as coding tools use them, are served on this path too.
		name: 'Kimi and DeepSeek',
		protocol: 'openai-responses',
		path: '/openai/v1/responses',
		capabilities: { files: DOCUMENTS, tools: true, reasoningEffort: REASONING_EFFORTS, json: true, jsonSchema: true },
		pattern: /^(kimi|deepseek)-|^gpt-\d+\.\d/,
		models: [
			{ id: 'kimi-k3', title: 'Kimi K3', capabilities: { reasoningEffort: ['low', 'medium', 'high'] } },
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
			{ id: 'gpt-5-4', title: 'GPT 5.4', status: UNLISTED },
		],
	},
	{
		name: 'Claude',
		protocol: 'anthropic-messages',
		path: '/claude/v1/messages',
		// Temperature and top p are undocumented; public code sends them.
		capabilities: { files: DOCUMENTS, tools: true, thinking: true, temperature: true, topP: true, maxTokens: true },
		pattern: /^claude-/,
		models: [
			{ id: 'claude-opus-5-5', title: 'Claude Opus 5.5', status: UNDOCUMENTED },
			{ id: 'claude-opus-5', title: 'Claude Opus 5' },
			{ id: 'claude-opus-4-8', title: 'Claude Opus 4.8' },
			{ id: 'claude-opus-4-7', title: 'Claude Opus 4.7' },
			{ id: 'claude-opus-4-6', title: 'Claude Opus 4.6' },
			{ id: 'claude-opus-4-5', title: 'Claude Opus 4.5' },
			{ id: 'claude-sonnet-5-5', title: 'Claude Sonnet 5.5', status: UNDOCUMENTED },
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
			{ id: 'grok-4-3', title: 'Grok 4.3', status: UNLISTED },
		],
	},
	{
		name: 'Gemini',
		protocol: 'openai-chat',
		path: '/{id}/v1/chat/completions',
		capabilities: geminiChat,
		// The IDs of Gemini's own protocol have a hyphen in the version and no ending.
		pattern: /^gemini-(?!\d+-\d+-(?!.*-openai$))/,
		models: [
			{ id: 'gemini-3.1-pro', title: 'Gemini 3.1 Pro', capabilities: { tools: false } },
			{ id: 'gemini-3-pro', title: 'Gemini 3 Pro', capabilities: { jsonSchema: true } },
			{ id: 'gemini-3-8-flash-openai', title: 'Gemini 3.8 Flash' },
			{ id: 'gemini-3-7-flash-openai', title: 'Gemini 3.7 Flash' },
			{ id: 'gemini-3-6-flash-openai', title: 'Gemini 3.6 Flash' },
			{ id: 'gemini-3-5-flash-openai', title: 'Gemini 3.5 Flash' },
			{ id: 'gemini-3-flash', title: 'Gemini 3 Flash', status: UNLISTED },
			{ id: 'gemini-2.5-pro', title: 'Gemini 2.5 Pro', capabilities: { jsonSchema: true } },
			{
				id: 'gemini-2.5-flash',
				title: 'Gemini 2.5 Flash',
				capabilities: { jsonSchema: true, reasoningEffort: undefined },
				status: UNLISTED,
			},
		],
	},
	{
		name: 'Gemini, Native API',
		protocol: 'gemini',
		path: '/gemini/v1/models/{id}:streamGenerateContent',
		capabilities: geminiChat,
		pattern: /^gemini-/,
		models: [
			{ id: 'gemini-3-8-flash', title: 'Gemini 3.8 Flash (Native API)' },
			{ id: 'gemini-3-7-flash', title: 'Gemini 3.7 Flash (Native API)' },
			{ id: 'gemini-3-6-flash', title: 'Gemini 3.6 Flash (Native API)' },
			{ id: 'gemini-3-5-flash', title: 'Gemini 3.5 Flash (Native API)' },
			{
				id: 'gemini-3-flash-v1beta',
				title: 'Gemini 3 Flash (Native API)',
				// As documented.
				path: '/gemini/v1/models/gemini-3-flash-v1betamodels:streamGenerateContent',
				status: UNLISTED,
			},
		],
	},
];

function toModel(family: Family, member: Member): ChatModel {
	return {
		...member,
		family: family.name,
		protocol: family.protocol,
		bodyModel: family.path.includes('{id}') ? undefined : member.id,
		path: (member.path ?? family.path).replace('{id}', encodeURIComponent(member.id)),
		capabilities: { ...family.capabilities, ...member.capabilities },
	};
}

/** The models of the list, family by family. */
export const chatModels: ChatModel[] = families.flatMap((family) =>
	family.models.map((member) => toModel(family, member)),
);

/** The model of an ID. One that is newer than the list gets the protocol and path of its family; undefined without one. */
export function findChatModel(id: string): ChatModel | undefined {
	const listed = chatModels.find((model) => model.id === id);
	if (listed) return listed;
	const family = families.find(({ pattern }) => pattern.test(id));
	return family && toModel(family, { id, title: id });
}
