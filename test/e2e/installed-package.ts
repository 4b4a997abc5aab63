import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { npm } from './npm';

/**
 * Installs a community package where n8n looks for it, as published: packed, then unpacked.
 * The package must have been built. Returns its folder.
 */
export async function installPackage(packageDir: string, userFolder: string): Promise<string> {
	const { name } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8'));
	const target = join(userFolder, '.n8n', 'nodes', 'node_modules', name);
	rmSync(target, { recursive: true, force: true });
	mkdirSync(target, { recursive: true });
	const packed = mkdtempSync(join(tmpdir(), 'packed-'));
	try {
		const tarball = await packPackage(packageDir, packed);
		execFileSync('tar', ['-xzf', tarball, '-C', target, '--strip-components=1']);
	} finally {
		rmSync(packed, { recursive: true, force: true });
	}
	return target;
}

/** Packs a package, which must have been built, as it would be published. Returns the path of the tarball. */
export async function packPackage(packageDir: string, folder: string): Promise<string> {
	if (!existsSync(join(packageDir, 'dist'))) throw new Error(`${packageDir} is not built: run "npm run build" first.`);
	const file = await npm(['pack', '--silent', '--pack-destination', folder], { cwd: packageDir });
	return join(folder, file.trim());
}
