import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

import { packPackage } from './installed-package';
import { ensureN8n } from './setup';

/** An `npm` that offers one package to an n8n, as its registry does, without internet. */
export interface OfflineNpm {
	/** Environment variables for n8n. */
	env: Record<string, string>;
	/** The calls that it has rejected, one line each, because n8n is not known to make them. */
	rejectedCalls(): string[];
	remove(): void;
}

/** Packs a built package and offers it as its latest version. */
export async function startOfflineNpm(packageDir: string): Promise<OfflineNpm> {
	const { name, version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8'));
	const folder = mkdtempSync(join(tmpdir(), 'offline-npm-'));
	const [tarball, { node }] = await Promise.all([packPackage(packageDir, folder), ensureN8n()]);
	const rejected = join(folder, 'rejected');
	writeFileSync(rejected, '');
	writeFileSync(join(folder, 'npm'), script({ name, version, tarball, rejected }), {
		mode: 0o755,
	});
	return {
		env: {
			PATH: [folder, dirname(node), process.env.PATH].join(delimiter),
			// n8n's own requests about the package fail at once, because this proxy is not there; n8n then asks npm.
			https_proxy: 'http://127.0.0.1:9',
		},
		rejectedCalls: () => readFileSync(rejected, 'utf8').split('\n').filter(Boolean),
		remove: () => rmSync(folder, { recursive: true }),
	};
}

/** The calls are those that n8n makes to install a package by its name, and to list the installed ones. */
const script = ({ name, version, tarball, rejected }: Record<string, string>) => `#!/bin/sh
case "$* " in
	'view ${name}@latest version --json '*) echo '"${version}"' ;;
	'pack ${name}@latest --quiet '*) cp '${tarball}' . && basename '${tarball}' ;;
	# Without the internet, npm can install only a package that has no dependencies.
	'install --audit=false '*) PATH="\${PATH#*:}"; exec npm "$@" --offline ;;
	'outdated --json ') echo '{}' ;;
	*) echo "npm $*" | tee -a '${rejected}' >&2; exit 2 ;;
esac
`;
