/**
 * n8n's own tool accepts what is published: `n8n-node lint` with n8n's unchanged configuration, `n8n-node build` with
 * the same result as our build except n8n's metadata, the output schemas and the forms, which our build has generated
 * already, and `n8n-node cloud-support`. It runs in a copy, because its build takes the place of ours and copies every
 * image of the project.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { project } from './prepared.mjs';

const COPIED = ['credentials', 'eslint.config.mjs', 'icons', 'nodes', 'package.json', 'tsconfig.json'];
/** A form as our build writes it. */
const FORM = /Parameters\.json$/;
const require = createRequire(import.meta.url);
const wrong = [];

const copy = mkdtempSync(join(tmpdir(), 'kie-n8n-cli-'));
const run = (...args) => {
	const cli = join(project, 'node_modules/@n8n/node-cli/bin/n8n-node.mjs');
	const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd: copy, encoding: 'utf8' });
	if (status !== 0) wrong.push(`n8n-node ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
	return stdout;
};
/** All built files except the metadata and the output schemas, which only our build writes. */
const filesOf = (folder) =>
	readdirSync(folder, { recursive: true })
		.filter((path) => statSync(join(folder, path)).isFile() && !/^(known|types)\b|__schema__/.test(path))
		.sort();

try {
	for (const path of COPIED) cpSync(join(project, path), join(copy, path), { recursive: true });
	symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'));

	run('lint');
	if (!/ENABLED/.test(run('cloud-support'))) wrong.push('n8n-node cloud-support does not say ENABLED');
	run('build');

	const [ownDist, cliDist] = [join(project, 'dist'), join(copy, 'dist')];
	const files = filesOf(ownDist);
	if (files.join().replaceAll('Parameters.json', 'Parameters.js') !== filesOf(cliDist).join())
		wrong.push('n8n-node build writes other files than our build');
	else {
		for (const path of files) {
			const isSame = FORM.test(path)
				? readFileSync(join(ownDist, path), 'utf8') ===
					JSON.stringify(require(join(cliDist, path.replace(/\.json$/, ''))))
				: readFileSync(join(ownDist, path)).equals(readFileSync(join(cliDist, path)));
			if (!isSame) wrong.push(`${path} differs`);
		}
	}
} finally {
	rmSync(copy, { recursive: true, force: true });
}
for (const line of wrong) console.error(line);
process.exit(wrong.length === 0 ? 0 : 1);
