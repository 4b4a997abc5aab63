import type { Schema } from '../types';

/** The Suno versions that an operation or a field supports. Kie calls the V6 versions current; the others still work. */
export const CURRENT = ['V6', 'V6_MINI', 'V6_WILD'];
export const FROM_V5_5 = ['V5_5', ...CURRENT];
export const FROM_V5 = ['V5', ...FROM_V5_5];
export const FROM_V4_5_PLUS = ['V4_5PLUS', ...FROM_V5];
export const BEFORE_V6 = ['V4', 'V4_5', 'V4_5PLUS', 'V4_5ALL', 'V5', 'V5_5'];
export const ALL = [...BEFORE_V6, ...CURRENT];

const names: Record<string, string> = {
	V4: 'V4 (Discontinued)',
	V4_5: 'V4.5 (Discontinued)',
	V4_5PLUS: 'V4.5 Plus (Discontinued)',
	V4_5ALL: 'V4.5 All (Discontinued)',
	V5: 'V5 (Discontinued)',
	V5_5: 'V5.5 (Discontinued)',
	V6: 'V6',
	V6_MINI: 'V6 Mini',
	V6_WILD: 'V6 Wild',
};

/** The field `model` with the versions that an operation supports. Defaults to the newest current version, not to Kie's default. */
export const version = (versions: string[], description = 'Suno version; Mini is faster, Wild is bolder', offered = CURRENT): Schema => ({
	type: 'string',
	enum: versions,
	enumNames: Object.fromEntries(versions.map((value) => [value, names[value] ?? value])),
	default: 'V6',
	offered,
	description,
});
