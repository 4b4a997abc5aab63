import type { Model } from '../../nodes/shared/catalogue/types';
import { compareNatural } from '../../nodes/shared/compareNatural';
import { chatModels } from '../../nodes/shared/chat/chatModels';
import type { ChatCapabilities } from '../../nodes/shared/chat/chatTypes';
import { markdownTable } from './markdown';
import { type MediaNode, mediaNodes } from './media-nodes';

/** The tables of models from the catalogue, by the name under which docs/models.md refers to them. */
export function modelTables(nodes: MediaNode[] = mediaNodes): Record<string, string> {
	return {
		...Object.fromEntries(nodes.map((node) => [`models.${node.title.replace(' ', '')}`, modelTable(node)])),
		'models.chat': chatTable(),
	};
}

function modelTable({ definition: { models, operations } }: MediaNode): string {
	const operationNames = new Map(operations.map(({ value, name }) => [value, name]));
	const rows = models
		.toSorted((a, b) => compareNatural(a.family, b.family) || compareNatural(a.title, b.title))
		.map((model) => [
			model.status ? `${model.title} (${model.status})` : model.title,
			Object.keys(model.operations)
				.map((operation) => operationNames.get(operation) ?? operation)
				.join(', '),
			fileKinds(model),
			model.api === undefined || model.api === 'market' ? `\`${model.id}\`` : '',
		]);
	return markdownTable(['Model', 'Operations', 'File inputs', 'Model ID'], rows);
}

function chatTable(): string {
	const rows = chatModels.map(({ title, status, family, id, capabilities }) => [
		status ? `${title} (${status})` : title,
		family,
		capabilities.files.join(', '),
		CAPABILITIES.flatMap(([capability, name]) => (capabilities[capability] ? [name] : [])).join(', '),
		`\`${id}\``,
	]);
	return markdownTable(['Model', 'Family', 'File inputs', 'Supports', 'Model ID'], rows);
}

/** What else a chat model may support, in the words of the form. */
const CAPABILITIES: Array<[keyof ChatCapabilities, string]> = [
	['tools', 'tools'],
	['webSearch', 'web search'],
	['reasoningEffort', 'reasoning effort'],
	['thinking', 'thinking'],
	['jsonSchema', 'JSON schema'],
	['temperature', 'temperature'],
	['topP', 'top P'],
	['maxTokens', 'max tokens'],
];

function fileKinds({ media }: Model): string {
	return [...new Set(Object.values(media))].sort(compareNatural).join(', ');
}
