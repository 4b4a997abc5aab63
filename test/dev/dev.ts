import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, cpSync, mkdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { name } from '../../package.json';
import { OWNER, startN8n } from '../e2e/n8n';
import { PROJECT } from '../e2e/paths';

/** Starts n8n with the package, compiles on every change, and has n8n load the nodes again (its N8N_DEV_RELOAD). */

/** Kept from run to run; outside the project, so that the nodes get n8n's own modules and not those of the project. */
const USER_FOLDER = join(homedir(), `.${name}`);
const PACKAGE = join(USER_FOLDER, '.n8n', 'nodes', 'node_modules', name);
const PORT = 5678;

/** Compiles into the package that n8n loads, and continues with every change. Resolves after the first time. */
async function startCompiler(): Promise<void> {
	const compiler = spawn(
		process.execPath,
		[
			join(PROJECT, 'node_modules/typescript/bin/tsc'),
			'--watch',
			'--preserveWatchOutput',
			'--outDir',
			join(PACKAGE, 'dist'),
		],
		{ cwd: PROJECT, stdio: ['ignore', 'pipe', 'inherit'] },
	);
	process.once('exit', () => compiler.kill());
	const lines = createInterface(compiler.stdout);
	lines.on('line', (line) => line && console.log(line));
	await new Promise<void>((resolve, reject) => {
		lines.on('line', (line) => /Found \d+ errors?\./.test(line) && resolve());
		compiler.once('exit', () => reject(new Error('The TypeScript compiler exited')));
	});
}

async function main(): Promise<void> {
	rmSync(PACKAGE, { recursive: true, force: true });
	mkdirSync(PACKAGE, { recursive: true });
	copyFileSync(join(PROJECT, 'package.json'), join(PACKAGE, 'package.json'));
	cpSync(join(PROJECT, 'icons'), join(PACKAGE, 'dist', 'icons'), { recursive: true });
	await startCompiler();

	const env = { NODE_ENV: 'development', N8N_DEV_RELOAD: 'true' };
	const n8n = await startN8n({ userFolder: USER_FOLDER, port: PORT, env });
	console.log(`\nn8n is at ${n8n.url}. Log in as ${OWNER.email} with the password ${OWNER.password}.`);
	console.log(
		'Reload the editor after a change. "npm run simulator" starts a Kie.ai that costs nothing. Ctrl-C stops it.\n',
	);
	await Promise.race(['SIGINT', 'SIGTERM'].map(async (signal) => await once(process, signal)));
	await n8n.stop();
	process.exit();
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
});
