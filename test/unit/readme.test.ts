import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { INodePropertyCollection, INodePropertyOptions, INodeProperties } from 'n8n-workflow';

import { scripts } from '../../package.json';
import { describeFailure, type FailureKind, kindOfCode } from '../../nodes/shared/api/failure';
import { NO_CALLBACK_URL } from '../../nodes/KieSuno/planSuno';
import { TIME_LIMIT_MINUTES } from '../../nodes/KieSuno/earlierTask';
import { sunoProperties } from '../../nodes/KieSuno/sunoParameters';
import { sunoResources } from '../../nodes/shared/catalogue/suno';
import { mediaNodeProperties } from '../../nodes/shared/form/mediaParameters';
import { mediaNodes } from '../tools/media-nodes';
import { modelTables, README, withTables } from '../tools/model-table';

/** What README and docs say is held against the code. */

const PROJECT = dirname(README);
const readme = readFileSync(README, 'utf8');
const docs = readdirSync(join(PROJECT, 'docs')).filter((file) => file.endsWith('.md'));
const pages = ['README.md', 'CHANGELOG.md', ...docs.map((file) => join('docs', file))];

it('has the current tables of models', () => {
	const current = withTables(readme, modelTables()) === readme;
	expect(current ? '' : 'The tables of models in README.md are old: run npm run docs:models').toBe('');
});

it('replaces nothing but what is between the markers', () => {
	const before = 'above\n<!-- models:start -->\nold\n<!-- models:end -->\nbelow\n';
	const after = 'above\n<!-- models:start -->\n\nnew\n\n<!-- models:end -->\nbelow\n';
	expect(withTables(before, 'new')).toBe(after);
	expect(withTables(after, 'new')).toBe(after);
	expect(() => withTables('no markers', 'new')).toThrow('models:start');
});

describe.each(mediaNodes)('$title', ({ title, definition }) => {
	const properties = mediaNodeProperties(definition);
	const nested = (name: string) => properties.find((property) => property.name === name)?.options ?? [];
	const named = (options: Array<INodeProperties | INodePropertyOptions | INodePropertyCollection>) =>
		options.map((option) => ('displayName' in option ? option.displayName : option.name));

	it('has a section with a row for each operation', () => {
		const section = readme.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
		for (const operation of named(nested('operation')))
			expect(section).toMatch(new RegExp(`^\\| ${operation} +\\| `, 'm'));
	});

	it('has its options and modes in README, and no others', () => {
		const tableUnder = (heading: string) =>
			[...(readme.split(`\n### ${heading}\n`)[1]?.split('\n### ')[0] ?? '').matchAll(/^\| ([^|]+)\|/gm)]
				.map(([, cell = '']) => cell.trim())
				.slice(2);
		expect(tableUnder('Options')).toEqual(named(nested('options')));
		expect(tableUnder('Modes')).toEqual(named(nested('executionMode')));
	});

	it('waits as long as README says', () => {
		expect(readme).toContain(`${title}: ${definition.timeLimitMinutes}`);
	});
});

describe('Kie Suno', () => {
	const section = readme.split('\n## Kie Suno\n')[1]?.split('\n## ')[0] ?? '';

	it.each(sunoResources)('has a row for each operation of $name', ({ name, operations }) => {
		for (const operation of operations)
			expect(section).toMatch(new RegExp(`^\\| ${name} +\\| ${operation.name} +\\| `, 'm'));
	});

	it('has a word on each option of its own, and says which callback address it gives', () => {
		const [options] = sunoProperties.filter(({ name }) => name === 'options');
		const own = (options?.options ?? []).filter(({ name }) => ['useMarket', 'waitFor', 'itemPerFile'].includes(name));
		expect(own).toHaveLength(3);
		for (const option of own) expect(section).toContain(`**${'displayName' in option ? option.displayName : ''}**`);
		expect(section).toContain(NO_CALLBACK_URL);
	});

	it('waits as long as README says', () => expect(readme).toContain(`Kie Suno: ${TIME_LIMIT_MINUTES}`));
});

describe('the table of errors', () => {
	const rows = [
		...(readme.split('<!-- errors:start -->')[1]?.split('<!-- errors:end -->')[0] ?? '').matchAll(
			/^\| (?:Kie\.ai|The|A file) [^\n]+$/gm,
		),
	].map(([row]) =>
		row
			.split('|')
			.slice(1)
			.map((cell) => cell.trim()),
	);
	const kinds: Record<FailureKind, boolean> = {
		unauthorized: true,
		insufficientCredits: true,
		notFound: true,
		invalidInput: true,
		rateLimited: true,
		subKeyLimit: true,
		fileNotFetched: true,
		maintenance: true,
		serverError: true,
		refused: true,
		disabled: true,
		fileUnreadable: true,
		notSent: true,
		connectionLost: true,
		unexpectedResponse: true,
		emptyReply: true,
		truncatedReply: true,
		tokenLimit: true,
		timedOut: true,
		// No error of its own: the run ends with one for all its items.
		cancelled: false,
	};
	const isKind = (name: string): name is FailureKind => name in kinds;
	const messageOf = (kind: FailureKind) => describeFailure({ kind, reason: '' }).message;

	it('has every message of the API layer, word for word', () => {
		const messages = Object.keys(kinds)
			.filter(isKind)
			.filter((kind) => kinds[kind])
			.map(messageOf);
		expect(rows.map(([message]) => message).sort()).toEqual(messages.sort());
	});

	it.each(rows)('%s: has the codes that stand for it', (message, codes = '') => {
		for (const code of codes.match(/\d+/g) ?? []) expect(messageOf(kindOfCode(Number(code), ''))).toBe(message);
	});
});

describe.each(pages)('%s', (page) => {
	const content = readFileSync(join(PROJECT, page), 'utf8');

	it('links to files and headings that exist', () => {
		const targets = [...content.matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, target]) => target ?? '');
		const broken = targets.filter((target) => {
			const [path = '', anchor] = target.split('#');
			const file = path === '' ? join(PROJECT, page) : join(PROJECT, dirname(page), path);
			return !existsSync(file) || (anchor !== undefined && !anchorsOf(readFileSync(file, 'utf8')).includes(anchor));
		});
		expect(broken).toEqual([]);
	});

	it('names only npm scripts that exist', () => {
		const named = [...content.matchAll(/npm (?:run (?:--silent )?)?(test\b|(?<=run )[\w:]+)/g)].map(
			([, script]) => script ?? '',
		);
		expect(named.filter((script) => !(script in scripts))).toEqual([]);
	});
});

/** The anchors that GitHub makes of headings. */
function anchorsOf(markdown: string): string[] {
	return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
		heading
			.toLowerCase()
			.replace(/[^\w\s-]/g, '')
			.replace(/\s/g, '-'),
	);
}
