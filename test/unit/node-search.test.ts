import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { z } from 'zod';

import { name as packageName } from '../../package.json';
import { laterInPanel, searchTerms } from '../searchTerms';
import { describedNodes } from '../tools/described-nodes';
import { PROJECT } from '../tools/doc-pages';

/** Search terms are searched with n8n's own functions, among all nodes of the n8n under test. */

const N8N = join(PROJECT, 'test/e2e/node_modules');
const isInstalled = existsSync(join(N8N, 'n8n'));
if (!isInstalled) console.warn("The search for nodes is skipped: n8n is not installed (see 'npm test').");
const load = createRequire(join(N8N, 'n8n/package.json'));

const nodeSchema = z.object({
	name: z.string(),
	displayName: z.string(),
	description: z.string(),
	group: z.array(z.string()),
	hidden: z.boolean().optional(),
	codex: z
		.object({
			categories: z.array(z.string()).optional(),
			subcategories: z.record(z.array(z.string())).catch({}),
			alias: z.array(z.string()).optional(),
		})
		.optional(),
});
type Node = z.infer<typeof nodeSchema>;

/** The builder of n8n's assistant uses the first five results. */
const BUILDER_RESULTS = 5;
/** The builder searches each word of a query separately, and n8n has nodes and triggers with the title 'Chat'. */
const laterInBuilder: Record<string, number> = { chat: 9 };

const cases = searchTerms.flatMap(([nodes, terms]) => terms.map((term) => ({ term, nodes })));

const searches = () => {
	const read = (path: string): unknown => JSON.parse(readFileSync(join(N8N, path), 'utf8'));
	const ofPackage = (name: string): Node[] =>
		z
			.array(nodeSchema)
			.parse(read(`${name}/dist/types/nodes.json`))
			.map((node) => ({ ...node, name: `${name}.${node.name}` }));
	const packageNodes = describedNodes.map(({ description: { name, displayName, description, group } }): Node => {
		const className = `K${name.slice(1)}`;
		const codex = JSON.parse(readFileSync(join(PROJECT, 'nodes', className, `${className}.node.json`), 'utf8'));
		return nodeSchema.parse({ name: `${packageName}.${name}`, displayName, description, group, codex });
	});
	// The last description of a node is its newest version; n8n lists community nodes after its own.
	const allNodes = [...ofPackage('n8n-nodes-base'), ...ofPackage('@n8n/n8n-nodes-langchain'), ...packageNodes];
	const nodes = [...new Map(allNodes.filter(({ hidden }) => !hidden).map((node) => [node.name, node])).values()];

	describe('in the panel of the editor', () => {
		interface Result {
			score: number;
			item: { key: string; properties: Node };
		}
		const { sublimeSearch }: { sublimeSearch(query: string, items: Array<Result['item']>): Result[] } = load(
			'@n8n/utils/search/sublime-search',
		);
		const popularity = new Map(
			z
				.array(z.object({ id: z.string(), popularity: z.number() }))
				.parse(read('n8n-editor-ui/data/node-popularity.json'))
				.map(({ id, popularity }) => [id, popularity * 100]),
		);
		// AI nodes are not listed unless they are root nodes; a trigger is listed under its node.
		const isListed = ({ name, group, codex }: Node) =>
			(!codex?.categories?.includes('AI') || codex.subcategories.AI?.includes('Root Nodes')) &&
			!(group.includes('trigger') && nodes.some((candidate) => candidate.name === name.replace(/Trigger$/, '')));
		const items = nodes.filter(isListed).map((node) => ({ key: node.name, properties: node }));
		const search = (term: string): string[] =>
			sublimeSearch(term, items)
				.map(({ score, item }) => ({ score: score + (popularity.get(item.key) ?? 0), item }))
				.sort((a, b) => b.score - a.score)
				.map(({ item }) => item.properties.displayName);

		it.each(cases)('$term finds $nodes', ({ term, nodes: expected }) => {
			const rank = search(term).findIndex((title) => expected.includes(title)) + 1;
			expect(rank).toBeGreaterThan(0);
			expect(rank).toBeLessThanOrEqual(laterInPanel[term] ?? 2);
		});
	});

	describe('by the builder of the assistant', () => {
		interface Engine {
			searchByName(query: string, limit: number): Array<{ displayName: string }>;
		}
		const { NodeSearchEngine }: { NodeSearchEngine: new (types: Node[]) => Engine } = load(
			'@n8n/ai-utilities/node-catalog',
		);
		const engine = new NodeSearchEngine(nodes);

		it.each(cases)('$term finds $nodes', ({ term, nodes: expected }) => {
			const search = engine.searchByName(term, laterInBuilder[term] ?? BUILDER_RESULTS);
			expect(search.map(({ displayName }) => displayName).filter((title) => expected.includes(title))).not.toEqual([]);
		});
	});
};

// A skipped block would still read n8n's nodes.
if (isInstalled) describe('a search among the nodes of n8n', searches);
else it.skip('a search among the nodes of n8n', () => undefined);
