import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

import type { INodeType } from 'n8n-workflow';

import { n8n } from '../../package.json';

/** The bench measures the nodes as they are published: built, in dist. */

const root = join(__dirname, '../..');

/** Files of the built nodes by class name. */
export const builtNodes = new Map(n8n.nodes.map((path) => [basename(path, '.node.js'), join(root, path)]));

export async function builtNode(className: string): Promise<INodeType> {
	const built: Record<string, new () => INodeType> = await import(builtNodes.get(className) ?? '');
	const Node = built[className];
	if (!Node) throw new Error(`${className} is not built`);
	return new Node();
}

/** Builds the package if a source file is newer than the build, which writes n8n's metadata last. */
export function buildIfStale(): void {
	const built = statSync(join(root, 'dist/types'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
	if (built < Math.max(newest('nodes'), newest('credentials'))) {
		execFileSync('npm', ['run', 'build'], { cwd: root, stdio: ['ignore', 2, 2] });
	}
}

/** When a file in this folder was last changed (ms). */
function newest(folder: string): number {
	const files = readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).filter((entry) =>
		entry.isFile(),
	);
	return Math.max(...files.map((file) => statSync(join(file.parentPath, file.name)).mtimeMs));
}
