/**
 * Measures what n8n passes to a language model that builds a workflow with one of our nodes: the TypeScript definitions
 * that n8n's own generator derives from a node's description. They must stay small, and no type may have a field twice.
 * Unlike n8n, a community package has its output schemas in a place that the generator does not search, so they are not
 * counted.
 */
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { generateNodeTypeFile } from '@n8n/workflow-sdk';
import { generateNodeDefinitions } from '@n8n/workflow-sdk/dist/generate-types/generate-node-defs-cli';
import { countBy, sum, uniq } from 'lodash';
import type { INodeTypeDescription } from 'n8n-workflow';
import ts from 'typescript';

import { describedNodes } from './described-nodes';
import { PROJECT } from './doc-pages';

const PACKAGE = 'n8n-nodes-kie-ai';

/** The maximum number of characters, summed over all files of a node. */
const MAX_CHARACTERS: Record<string, number> = {
	kieSuno: 90_000,
	kieVideo: 70_000,
	kieImage: 40_000,
	kieAudio: 15_000,
	kieCommon: 15_000,
};
const MAX_CHARACTERS_ELSEWHERE = 10_000;

/** Nodes that are still larger than that, and must not grow: their size, and the number of fields named twice. */
const TODAY: Record<string, { characters: number; repeated: number }> = {
	// The generator repeats fields and options in a file for each of 35 operations: 88,000 characters without any text.
	kieSuno: { characters: 104_900, repeated: 0 },
};

/** The definitions in a folder; the generator writes schemas for validation beside them. */
function definitionsIn(path: string): string[] {
	if (statSync(path).isDirectory()) return readdirSync(path).flatMap((name) => definitionsIn(join(path, name)));
	return path.endsWith('.ts') ? [path] : [];
}

/** The fields that a type of a file names more than once. */
function repeatedFields(path: string): string[] {
	const repeated: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isTypeLiteralNode(node) || ts.isInterfaceDeclaration(node)) {
			const names = node.members.flatMap(({ name }) => (name ? [name.getText()] : []));
			repeated.push(...Object.entries(countBy(names)).flatMap(([name, count]) => (count > 1 ? [name] : [])));
		}
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true));
	return repeated;
}

/** The file that n8n generates for a community node, with its hints. */
function definitionWithHints(description: INodeTypeDescription): string {
	const properties = description.properties.filter(({ type }) => type !== 'hidden');
	const serializable: Parameters<typeof generateNodeTypeFile>[0] = JSON.parse(
		JSON.stringify({ ...description, properties }),
	);
	return generateNodeTypeFile(serializable);
}

/** The size of the definitions of each node in characters, and the fields that a type names twice. */
async function measure(): Promise<Array<{ name: string; characters: number; repeated: string[] }>> {
	const folder = mkdtempSync(join(tmpdir(), 'kie-definitions-'));
	process.chdir(folder);
	const nodesJsonPath = join(folder, 'nodes.json');
	writeFileSync(nodesJsonPath, JSON.stringify(describedNodes.map(({ description }) => description)));
	await generateNodeDefinitions({ nodesJsonPath, outputDir: folder, packageName: PACKAGE });
	const measured = describedNodes.map(({ description }) => {
		const { name } = description;
		const files = definitionsIn(join(folder, 'nodes', PACKAGE, name));
		const characters = Math.max(
			sum(files.map((path) => readFileSync(path, 'utf8').length)),
			definitionWithHints(description).length,
		);
		return { name, characters, repeated: files.flatMap(repeatedFields) };
	});
	process.chdir(PROJECT);
	rmSync(folder, { recursive: true });
	return measured;
}

async function main(): Promise<void> {
	let isSmall = true;
	for (const { name, characters, repeated } of await measure()) {
		const bound = MAX_CHARACTERS[name] ?? MAX_CHARACTERS_ELSEWHERE;
		const limit = TODAY[name] ?? { characters: bound, repeated: 0 };
		console.log(`${name}: ${characters} of at most ${bound} characters, ${repeated.length} fields named twice`);
		if (TODAY[name] && characters <= bound && repeated.length === 0)
			console.log(`${name} is small enough by now: remove it from TODAY`);
		if (characters <= limit.characters && repeated.length <= limit.repeated) continue;
		isSmall = false;
		console.error(`${name} has grown beyond ${limit.characters} characters, or names fields twice: ${uniq(repeated)}`);
	}
	process.exitCode = isSmall ? 0 : 1;
}

void main();
