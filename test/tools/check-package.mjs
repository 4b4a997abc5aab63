/**
 * Packs the package as npm would and checks its content: only `dist` and the documents, the files that package.json
 * names, n8n's metadata as the packed code defines it, and the static part of n8n's own verification scanner, over the
 * packed code and over the sources.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import { analyzePackage, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';

import { project } from './prepared.mjs';

const require = createRequire(import.meta.url);
/** What n8n reads at its start instead of running the code. */
const METADATA = ['known/credentials.json', 'known/nodes.json', 'types/credentials.json', 'types/nodes.json'];
const PAPERS = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'];
/** The nodes whose output schema the editor does not request: a trigger, and one without items. */
const WITHOUT_SCHEMAS = ['KieTrigger', 'KieChatModel'];
const wrong = [];

const metadataIn = (folder) =>
	new Map(
		METADATA.map((path) => {
			const file = join(folder, 'dist', path);
			return [path, existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined];
		}),
	);

const folder = mkdtempSync(join(tmpdir(), 'kie-pack-'));
try {
	const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
		cwd: project,
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const [{ filename, files, size, unpackedSize }] = JSON.parse(packed);
	execFileSync('tar', ['xzf', filename, '--strip-components=1'], { cwd: folder });
	rmSync(join(folder, filename));

	const paths = files.map(({ path }) => path);
	console.log(
		`${filename}: ${paths.length} files, ${Math.round(size / 1024)} KB packed, ${Math.round(unpackedSize / 1024)} KB unpacked`,
	);
	for (const path of paths) {
		if (!PAPERS.includes(path) && !path.startsWith('dist/')) wrong.push(`${path} does not belong into the package`);
		if (/\.(test|spec)\.|\.map$|tsbuildinfo/.test(path)) wrong.push(`${path} is of no use to a user`);
	}
	for (const paper of PAPERS) if (!paths.includes(paper)) wrong.push(`${paper} is missing`);
	const { n8n, dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	for (const path of [...n8n.nodes, ...n8n.credentials]) {
		if (!existsSync(join(folder, path))) wrong.push(`package.json names ${path}, which is missing`);
	}
	for (const path of n8n.nodes) {
		const codex = path.replace(/\.js$/, '.json');
		if (!existsSync(join(folder, codex))) wrong.push(`${codex} is missing`);
		const schemas = join(dirname(path), '__schema__');
		const hasOutput = !WITHOUT_SCHEMAS.some((node) => path.includes(node));
		if (existsSync(join(folder, schemas)) !== hasOutput)
			wrong.push(`${schemas} is ${hasOutput ? 'missing' : 'of no use'}`);
	}
	if (dependencies) wrong.push('The package must not have dependencies');

	const shipped = metadataIn(folder);
	execFileSync(process.execPath, [require.resolve('n8n-core/bin/generate-metadata')], {
		cwd: folder,
		env: { ...process.env, NODE_PATH: join(project, 'node_modules') },
	});
	for (const [path, content] of metadataIn(folder)) {
		if (!isDeepStrictEqual(shipped.get(path), content))
			wrong.push(`dist/${path} is not what the code says: build again`);
	}
	rmSync(join(folder, 'dist/methods'), { recursive: true });

	const published = await analyzePackage(folder);
	if (!published.passed) wrong.push(`The scanner finds in the package: ${published.details ?? published.message}`);
	const sources = await analyzePackage(project, SOURCE_FILE_PATTERNS);
	if (!sources.passed) wrong.push(`The scanner finds in the sources: ${sources.details ?? sources.message}`);
} finally {
	rmSync(folder, { recursive: true, force: true });
}
for (const line of wrong) console.error(line);
process.exit(wrong.length === 0 ? 0 : 1);
