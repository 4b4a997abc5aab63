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
	if (!existsSync(join(packageDir, 'dist'))) throw new Error(`${name} is not built: run "npm run build" first.`);

	const target = join(userFolder, '.n8n', 'nodes', 'node_modules', name);
	rmSync(target, { recursive: true, force: true });
	mkdirSync(target, { recursive: true });
	const packed = mkdtempSync(join(tmpdir(), 'packed-'));
	try {
		const file = (await npm(['pack', '--silent', '--pack-destination', packed], { cwd: packageDir })).trim();
		execFileSync('tar', ['-xzf', join(packed, file), '-C', target, '--strip-components=1']);
	} finally {
		rmSync(packed, { recursive: true, force: true });
	}
	return target;
}
