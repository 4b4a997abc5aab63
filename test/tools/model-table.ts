import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Model } from '../../nodes/shared/catalogue/types';
import { inOrder } from '../../nodes/shared/form/order';
import { type MediaNode, mediaNodes } from './media-nodes';

/** `npm run docs:models` writes the tables of models in README.md anew from the catalogue. */

export const README = join(__dirname, '..', '..', 'README.md');

const START = '<!-- models:start -->';
const END = '<!-- models:end -->';

/** The tables of all nodes, each under a heading of its own. */
export function modelTables(nodes: MediaNode[] = mediaNodes): string {
	return nodes.map(modelTable).join('\n\n');
}

function modelTable({ title, definition: { models, operations } }: MediaNode): string {
	const operationNames = new Map(operations.map(({ value, name }) => [value, name]));
	const rows = models
		.toSorted((a, b) => inOrder(a.family, b.family) || inOrder(a.title, b.title))
		.map((model) => [
			model.status ? `${model.title} (${model.status})` : model.title,
			Object.keys(model.operations)
				.map((operation) => operationNames.get(operation) ?? operation)
				.join(', '),
			fileKinds(model),
			model.api === undefined || model.api === 'market' ? `\`${model.id}\`` : 'API of its own',
		]);
	return [
		`### Models of ${title}`,
		'',
		...[['Model', 'Operations', 'Takes files', 'ID for Custom Model'], ['---', '---', '---', '---'], ...rows].map(
			(cells) => `| ${cells.join(' | ')} |`,
		),
	].join('\n');
}

function fileKinds({ media }: Model): string {
	return [...new Set(Object.values(media))].sort(inOrder).join(', ');
}

/** A README with its tables replaced. @throws Error where the markers are missing. */
export function withTables(readme: string, tables: string): string {
	const [start, end] = [readme.indexOf(START), readme.indexOf(END)];
	if (start < 0 || end < start) throw new Error(`README.md needs the lines ${START} and ${END}, in this order`);
	return `${readme.slice(0, start + START.length)}\n\n${tables}\n\n${readme.slice(end)}`;
}

if (require.main === module) writeFileSync(README, withTables(readFileSync(README, 'utf8'), modelTables()));
