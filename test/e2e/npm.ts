import { spawn } from 'node:child_process';

export interface NpmRun {
	cwd: string;
	/** Folder whose `node` runs npm; by default the first one in PATH. */
	nodeFolder?: string;
	env?: Record<string, string>;
}

/**
 * Runs npm and returns what it printed on stdout. Rejects with the end of its output when it fails.
 * Settings of an outer `npm run` are removed, so that only the folder's own .npmrc applies.
 */
export async function npm(args: string[], { cwd, nodeFolder, env = {} }: NpmRun): Promise<string> {
	const inherited = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
	const path = nodeFolder ? `${nodeFolder}:${process.env.PATH ?? ''}` : process.env.PATH;
	const child = spawn('npm', args, {
		cwd,
		env: { ...Object.fromEntries(inherited), PATH: path, ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let stdout = '';
	let output = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		stdout += text;
		output += text;
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
	const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
	if (code !== 0) throw new Error(`npm ${args.join(' ')} exited with code ${code} in ${cwd}:\n${output.slice(-4000)}`);
	return stdout;
}
