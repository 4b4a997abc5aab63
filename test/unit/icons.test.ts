import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describedNodes } from '../tools/described-nodes';
import { PROJECT } from '../tools/doc-pages';
import { iconFiles } from '../tools/icons';

const folder = join(PROJECT, 'icons');

it('the icons match their source (npm run icons)', () => {
	const files = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
	expect(Object.fromEntries(files)).toEqual(iconFiles);
});

it.each(describedNodes)('$description.displayName has a badge of its own', ({ description: { name, icon } }) => {
	const [light, dark] = [`${name}.svg`, `${name}.dark.svg`];
	expect(icon).toEqual({ light: `file:../../icons/${light}`, dark: `file:../../icons/${dark}` });
	expect(Object.keys(iconFiles)).toEqual(expect.arrayContaining([light, dark]));
});
