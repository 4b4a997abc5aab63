import { anthropicMessages } from './anthropicMessages';
import { gemini } from './gemini';
import { openaiChat } from './openaiChat';
import { openaiResponses } from './openaiResponses';
import type { Protocol } from './protocol';
import type { ProtocolName } from '../chatTypes';

export const protocols: Record<ProtocolName, Protocol> = {
	'openai-chat': openaiChat,
	'openai-responses': openaiResponses,
	'anthropic-messages': anthropicMessages,
	gemini,
};
