import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

export const PROJECT = join(__dirname, '..', '..');

/** The pages written for users and contributors, as paths from the project's folder. */
export const docPages: string[] = [
	...readdirSync(PROJECT).filter((name) => name.endsWith('.md')),
	...readdirSync(join(PROJECT, 'docs'), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
		.map(({ parentPath, name }) => relative(PROJECT, join(parentPath, name)))
		.sort(),
];
