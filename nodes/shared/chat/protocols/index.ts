import type { ProtocolName } from '../chatTypes';
import { anthropicMessages } from './anthropicMessages';
import { gemini } from './gemini';
import { openaiChat } from './openaiChat';
import { openaiResponses } from './openaiResponses';
import type { Protocol } from './protocol';

export const protocols: Record<ProtocolName, Protocol> = {
	'anthropic-messages': anthropicMessages,
	gemini,
	'openai-chat': openaiChat,
	'openai-responses': openaiResponses,
};
