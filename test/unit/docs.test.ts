import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { homepage, scripts } from '../../package.json';
import { KieAiApi } from '../../credentials/KieAiApi.credentials';
import { NO_CALLBACK_URL } from '../../nodes/KieSuno/readSunoJob';
import { TIME_LIMIT_MINUTES } from '../../nodes/KieSuno/earlierTask';
import { chatModels } from '../../nodes/shared/chat/chatModels';
import { describedNodes } from '../tools/described-nodes';
import { docPages, PROJECT } from '../tools/doc-pages';
import { docsTables } from '../tools/docs-tables';
import { formLabels } from '../tools/labels';
import { tablesIn, withTables } from '../tools/markdown';
import { mediaNodes } from '../tools/media-nodes';
import { sourceTexts } from '../tools/message-texts';

/** README, docs and examples are compared with the code. */

const read = (page: string) => readFileSync(join(PROJECT, page), 'utf8');
const tables = docsTables();
const examples = readdirSync(join(PROJECT, 'examples'), { recursive: true, encoding: 'utf8' })
	.filter((file) => file.endsWith('.json'))
	.map((file) => join('examples', file));

/** The words of the tables are those of the code. */
const NO_TABLES = Object.fromEntries(Object.keys(tables).map((name) => [name, '']));

describe('tables', () => {
	it.each(docPages)('of %s are current', (page) => {
		const isCurrent = withTables(read(page), tables) === read(page);
		expect(isCurrent ? '' : `The tables of ${page} are out of date: run npm run docs:tables`).toBe('');
	});

	it('are all in the docs, those of a node on its page', () => {
		const usedTables = docPages.flatMap((page) => tablesIn(read(page)));
		const media = ['kieImage.fields', 'kieVideo.fields', 'kieAudio.fields', 'kieSuno.fields'];
		expect(Object.keys(tables).filter((name) => !usedTables.includes(name))).toEqual(media);
		for (const { page, description } of describedNodes) {
			const nodeTables = Object.keys(tables).filter(
				(name) => name.startsWith(`${description.name}.`) && !media.includes(name),
			);
			expect(tablesIn(read(page))).toEqual(expect.arrayContaining(nodeTables));
		}
	});

	it('replace only what is between their markers', () => {
		const before = 'above\n<!-- table: a -->\nold\n<!-- /table -->\nbelow\n';
		const after = 'above\n<!-- table: a -->\n\nnew\n\n<!-- /table -->\nbelow\n';
		expect(withTables(before, { a: 'new' })).toBe(after);
		expect(withTables(after, { a: 'new' })).toBe(after);
		expect(() => withTables(before, { b: 'new' })).toThrow("no table 'a'");
	});
});

it('README is short', () => {
	const { length } = read('README.md');
	expect(length).toBeGreaterThan(8_000);
	expect(length).toBeLessThan(12_000);
});

it.each([
	...mediaNodes.map(({ title, definition }) => [title, definition.timeLimitMinutes] as const),
	['Kie Suno', TIME_LIMIT_MINUTES] as const,
])('the page of %s names its time limit', (title, minutes) => {
	const { page = '' } = describedNodes.find(({ description }) => description.displayName === title) ?? {};
	expect(read(page)).toContain(`waits up to ${minutes} minutes`);
});

it('the page of Kie Suno names the callback URL that the node sends', () => {
	expect(read('docs/nodes/suno.md')).toContain(NO_CALLBACK_URL);
});

it('docs/models.md explains exactly the statuses after the names of models', () => {
	const page = read('docs/models.md');
	const statuses = [...page.matchAll(/^\| _([\w ]+)_ +\|/gm)].map(([, word]) => word);
	const models = [...mediaNodes.flatMap(({ definition }) => definition.models), ...chatModels];
	const words = models.flatMap(({ title, status }) => [status, /\((\w+ API)\)/.exec(title)?.[1]]);
	expect(statuses.sort()).toEqual([...new Set(words.filter((word) => word !== undefined))].sort());
});

describe('docs/errors.md', () => {
	const texts = sourceTexts();
	const rows = withTables(read('docs/errors.md'), NO_TABLES).matchAll(/^\| (?!Message|-)(.+?) +\|/gm);
	const quotedMessages = [...rows].map(([, message = '']) => message);

	it.each(quotedMessages)('quotes only messages of the nodes: %s', (message) => {
		// A reason may be added to a message by other code.
		const parts = message.replace(/: …$/, '').split('…');
		expect(texts.some(({ text }) => parts.every((part) => text.includes(part.trim())))).toBe(true);
	});

	it('has every message about a task', () => {
		const messages = texts.filter(({ file, owner }) => file.startsWith('shared/run/') && owner === 'message');
		const ownMessages = messages.map(({ text }) => text).filter((text) => !text.startsWith('…'));
		expect(ownMessages.length).toBeGreaterThan(3);
		expect(ownMessages.filter((text) => !quotedMessages.includes(text))).toEqual([]);
	});
});

/** What n8n's own editor and nodes show, and the docs quote. */
const N8N_LABELS = [
	'AI Agent',
	'Continue',
	'Continue (using error output)',
	'Error Workflow',
	'Execute step',
	'Import from file',
	'Listen for test event',
	'Manual Trigger',
	'On Error',
	'On Error: Continue',
	'Binary',
	'Production URL',
	'Retry',
	'Retry On Fail',
	'Save execution progress',
	'Settings → Community nodes',
	'Settings → Community nodes → Install',
	'Split Out',
	'Test URL',
	'If',
];

/** Pages for users, where bold is for what n8n's editor shows, and for the first sentence of a paragraph. */
const userPages = docPages.filter(
	(page) => !/^(CHANGELOG|CONTRIBUTING|SECURITY)|adding|architecture|publishing|testing/.test(page),
);

it.each(userPages)('%s has only labels in bold that the forms show', (page) => {
	const labels = formLabels();
	const isSentence = (text: string) => text.endsWith('.');
	const isLabel = (text: string) => labels.has(text) || N8N_LABELS.includes(text);
	const boldTexts = [...read(page).matchAll(/\*\*([^*]+)\*\*/g)].map(([, text = '']) => text);
	const unknown = boldTexts.filter((text) => !isSentence(text) && !isLabel(text) && !text.split(': ').every(isLabel));
	expect(unknown).toEqual([]);
});

/** Words that neither n8n nor Kie.ai uses. */
const DIALECT =
	/\b(pictures?|puts? out|gives? out|looks? at|at the most|left out|as it is|goes on at|has not enough|anew|hand on)\b/i;

it.each([...docPages, ...examples])("%s uses n8n's words", (page) => {
	expect(DIALECT.exec(withTables(read(page), NO_TABLES))?.[0]).toBeUndefined();
});

describe('links', () => {
	it.each(docPages)('of %s lead to files and headings that exist', (page) => {
		const targets = [...read(page).matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, target]) => target ?? '');
		expect(targets.filter((target) => !exists(target, page))).toEqual([]);
	});

	const codexOf = (className: string): unknown => JSON.parse(read(join('nodes', className, `${className}.node.json`)));
	const linked = [
		new KieAiApi().documentationUrl,
		...readdirSync(join(PROJECT, 'nodes'))
			.filter((name) => name.startsWith('Kie'))
			.flatMap((name) => JSON.stringify(codexOf(name)).match(/https:[^"]+/g) ?? []),
	];
	it.each([...new Set(linked)])('the editor’s link %s leads to a page of this repository', (url) => {
		const [repository = ''] = homepage.split('#');
		const target = url.replace(`${repository}/blob/main/`, '').replace(`${repository}#`, 'README.md#');
		expect(target).not.toContain('https:');
		expect(exists(target, 'README.md')).toBe(true);
	});

	it.each(describedNodes)(
		'the codex of $description.displayName links to its page',
		({ page, description: { name } }) => {
			const className = `K${name.slice(1)}`;
			expect(codexOf(className)).toMatchObject({
				resources: {
					credentialDocumentation: [{ url: new KieAiApi().documentationUrl }],
					primaryDocumentation: [{ url: expect.stringMatching(new RegExp(`/blob/main/${page}$`)) }],
				},
			});
		},
	);
});

it.each(docPages)('%s names only source files that exist', (page) => {
	const fileNames = [...read(page).matchAll(/`([\w/*-]+(?:\.test)?\.(?:ts|mjs|yml))`/g)].map(([, file = '']) => file);
	const files = ['.github', 'credentials', 'nodes', 'test'].flatMap(filesBelow);
	expect(fileNames.filter((file) => !files.some((path) => `/${path}`.endsWith(`/${file}`)))).toEqual([]);
});

it.each(docPages)('%s names only npm scripts that exist', (page) => {
	const scriptNames = [...read(page).matchAll(/npm (?:run (?:--silent )?)?(test\b|(?<=run )[\w:]+)/g)].map(
		([, script]) => script ?? '',
	);
	expect(scriptNames.filter((script) => !(script in scripts))).toEqual([]);
});

/** Whether a link of a page leads to a file, and to a heading of it. */
function exists(target: string, page: string): boolean {
	const [path = '', anchor] = target.split('#');
	const file = path === '' ? join(PROJECT, page) : join(PROJECT, dirname(page), path);
	return existsSync(file) && (anchor === undefined || anchorsOf(readFileSync(file, 'utf8')).includes(anchor));
}

function filesBelow(folder: string): string[] {
	return readdirSync(join(PROJECT, folder), { withFileTypes: true }).flatMap((entry) => {
		if (entry.name === 'node_modules') return [];
		const path = join(folder, entry.name);
		return entry.isDirectory() ? filesBelow(path) : [path];
	});
}

/** The anchors that GitHub derives from headings. */
function anchorsOf(markdown: string): string[] {
	return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
		heading
			.toLowerCase()
			.replace(/[^\w\s-]/g, '')
			.replace(/\s/g, '-'),
	);
}
