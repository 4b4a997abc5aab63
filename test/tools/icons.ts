import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { PROJECT } from './doc-pages';

/** The icons of the nodes: one mark, with a badge for each node. `npm run icons` writes them. */

interface Theme {
	/** Between the name of an icon and `.svg`. */
	infix: string;
	tile: string;
	letter: string;
	glyph: string;
}

const LIGHT: Theme = { infix: '', tile: '#4f46e5', letter: '#fff', glyph: '#fff' };
const DARK: Theme = { infix: '.dark', tile: '#a5b4fc', letter: '#1e1b4b', glyph: '#111827' };

interface Badge {
	/** Background in light and dark. */
	colors: [light: string, dark: string];
	/** Drawn around 0, 0, up to 12 to each side, with `fill` and `stroke` set to the color; `hole` is the background. */
	draw: (hole: string) => string;
}

const badges: Record<string, Badge> = {
	// A sun over mountains
	kieImage: {
		colors: ['#15803d', '#4ade80'],
		draw: () => '<path d="M-11 9-4-3l5 7 3.5-4.5L11 9z" stroke-width="2"/><circle cx="5" cy="-7" r="3"/>',
	},
	// A camera
	kieVideo: {
		colors: ['#c2410c', '#fb923c'],
		draw: () => '<rect x="-12" y="-8" width="15" height="16" rx="3.5"/><path d="m6-2 5-4V6L6 2z" stroke-width="2"/>',
	},
	// A waveform
	kieAudio: {
		colors: ['#0e7490', '#22d3ee'],
		draw: () => '<path d="M-11-2v4M-5.5-7V7M0-11v22M5.5-6V6M11-2v4" stroke-width="3.2"/>',
	},
	// Two beamed notes
	kieSuno: {
		colors: ['#be185d', '#f472b6'],
		draw: () =>
			'<path d="M-4 7V-8l13-3V4" fill="none" stroke-width="3.2"/><circle cx="-7" cy="7.5" r="3.5"/><circle cx="6" cy="4.5" r="3.5"/>',
	},
	// A speech bubble
	kieChat: {
		colors: ['#1d4ed8', '#60a5fa'],
		draw: (hole) =>
			`<path d="M-9-8H9q2 0 2 2V3q0 2-2 2H0l-6 6V5h-3q-2 0-2-2v-9q0-2 2-2z" stroke-width="1"/><path d="M-5-1.5h0m5 0h0m5 0h0" stroke="${hole}" stroke-width="3.2"/>`,
	},
	// A cube
	kieChatModel: {
		colors: ['#7e22ce', '#c084fc'],
		draw: (hole) =>
			`<path d="m0-11 9.5 5.5v11L0 11l-9.5-5.5v-11z" stroke-width="2"/><path d="M-8-4.6 0 0l8-4.6M0 0v9" fill="none" stroke="${hole}" stroke-width="2.4"/>`,
	},
	// A gear
	kieCommon: {
		colors: ['#475569', '#cbd5e1'],
		draw: () =>
			'<circle r="5.8" fill="none" stroke-width="4.4"/><path d="M0-10.5V-9m0 18v1.5M-10.5 0H-9M9 0h1.5M-7.4-7.4l1 1m12.8 12.8 1 1m-14.8 0 1-1M6.4-6.4l1-1" stroke-width="4"/>',
	},
	// A bolt
	kieTrigger: {
		colors: ['#ca8a04', '#facc15'],
		draw: () => '<path d="M2-11-8 2h7l-1 9L8-2H1z" stroke-width="2"/>',
	},
};

const svg = (content: string[]): string =>
	`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">\n\t${content.join('\n\t')}\n</svg>\n`;

/** The mark alone, for the credential. */
const mark = ({ tile, letter }: Theme): string =>
	svg([
		`<rect x="4" y="4" width="56" height="56" rx="14" fill="${tile}"/>`,
		`<path d="M21 17v30m22-30L26 32l17 15" fill="none" stroke="${letter}" stroke-width="7" stroke-linecap="round" stroke-linejoin="round"/>`,
	]);

/** The mark with a badge before its lower right corner, and a gap between them. */
const badged = ({ colors, draw }: Badge, theme: Theme): string => {
	const { tile, letter, glyph } = theme;
	const hole = colors[theme === LIGHT ? 0 : 1];
	return svg([
		'<mask id="gap"><path d="M0 0h64v64H0z" fill="#fff"/><circle cx="44" cy="44" r="22"/></mask>',
		`<rect x="1" y="1" width="54" height="54" rx="13" fill="${tile}" mask="url(#gap)"/>`,
		`<path d="M12 10v19m12-19L15 19.5l9 9.5" fill="none" stroke="${letter}" stroke-width="5.5" stroke-linecap="round" stroke-linejoin="round"/>`,
		`<circle cx="44" cy="44" r="19" fill="${hole}"/>`,
		`<g transform="translate(44 44)" fill="${glyph}" stroke="${glyph}" stroke-width="0" stroke-linecap="round" stroke-linejoin="round">${draw(hole)}</g>`,
	]);
};

/** The files of `icons` by name. */
export const iconFiles: Record<string, string> = Object.fromEntries(
	[LIGHT, DARK].flatMap((theme) => [
		[`kie${theme.infix}.svg`, mark(theme)],
		...Object.entries(badges).map(([name, badge]) => [`${name}${theme.infix}.svg`, badged(badge, theme)]),
	]),
);

if (require.main === module) {
	for (const [name, text] of Object.entries(iconFiles)) writeFileSync(join(PROJECT, 'icons', name), text);
}
