import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Model } from '../../nodes/shared/catalogue/types';
import { compareNatural } from '../../nodes/shared/compareNatural';
import { chatModels } from '../../nodes/shared/chat/chatModels';
import type { ChatAbilities } from '../../nodes/shared/chat/chatTypes';
import { type MediaNode, mediaNodes } from './media-nodes';

/** `npm run docs:models` writes the tables of models in README.md anew from the catalogue. */

export const README = join(__dirname, '..', '..', 'README.md');

const START = '<!-- models:start -->';
const END = '<!-- models:end -->';

/** The tables of all nodes, each under a heading of its own. */
export function modelTables(nodes: MediaNode[] = mediaNodes): string {
	return [...nodes.map(modelTable), chatTable()].join('\n\n');
}

function modelTable({ title, definition: { models, operations } }: MediaNode): string {
	const operationNames = new Map(operations.map(({ value, name }) => [value, name]));
	const rows = models
		.toSorted((a, b) => compareNatural(a.family, b.family) || compareNatural(a.title, b.title))
		.map((model) => [
			model.status ? `${model.title} (${model.status})` : model.title,
			Object.keys(model.operations)
				.map((operation) => operationNames.get(operation) ?? operation)
				.join(', '),
			fileKinds(model),
			model.api === undefined || model.api === 'market' ? `\`${model.id}\`` : 'API of its own',
		]);
	return table(title, ['Model', 'Operations', 'Takes files', 'ID for Custom Model'], rows);
}

function chatTable(): string {
	const rows = chatModels.map(({ title, status, family, id, takes }) => [
		status ? `${title} (${status})` : title,
		family,
		takes.files.join(', '),
		ABILITIES.flatMap(([ability, name]) => (takes[ability] ? [name] : [])).join(', '),
		`\`${id}\``,
	]);
	return table('Kie Chat and Kie Chat Model', ['Model', 'Family', 'Takes files', 'Takes', 'ID'], rows);
}

/** What else a chat model may take, in the words of the form. */
const ABILITIES: Array<[keyof ChatAbilities, string]> = [
	['tools', 'tools'],
	['webSearch', 'web search'],
	['efforts', 'reasoning effort'],
	['thinking', 'thinking'],
	['jsonSchema', 'JSON schema'],
	['temperature', 'temperature'],
	['topP', 'top P'],
	['maxTokens', 'max tokens'],
];

function table(title: string, head: string[], rows: string[][]): string {
	const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
	return [`### Models of ${title}`, '', ...lines].join('\n');
}

function fileKinds({ media }: Model): string {
	return [...new Set(Object.values(media))].sort(compareNatural).join(', ');
}

/** A README with its tables replaced. @throws Error where the markers are missing. */
export function withTables(readme: string, tables: string): string {
	const [start, end] = [readme.indexOf(START), readme.indexOf(END)];
	if (start < 0 || end < start) throw new Error(`README.md needs the lines ${START} and ${END}, in this order`);
	return `${readme.slice(0, start + START.length)}\n\n${tables}\n\n${readme.slice(end)}`;
}

if (require.main === module) writeFileSync(README, withTables(readFileSync(README, 'utf8'), modelTables()));
