import { listOf, NUMBER, objectOf, TEXT } from '../shared/adapters/resultShape';
import type { OutputSchemas } from '../shared/run/outputSchema';

export const outputSchemas: OutputSchemas = {
	'': objectOf({
		text: TEXT,
		json: {},
		reasoning: TEXT,
		toolCalls: listOf(objectOf({ id: TEXT, name: TEXT, arguments: objectOf({}), signature: TEXT })),
		thoughts: listOf(objectOf({})),
		usage: objectOf({
			inputTokens: NUMBER,
			outputTokens: NUMBER,
			totalTokens: NUMBER,
			reasoningTokens: NUMBER,
			cachedTokens: NUMBER,
		}),
		creditsConsumed: NUMBER,
		model: TEXT,
		finishReason: TEXT,
	}),
};
