import type { ApiName } from '../catalogue/types';
import type { Adapter } from './adapter';
import { fluxKontext } from './fluxKontext';
import { gpt4oImage } from './gpt4oImage';
import { market } from './market';
import { midjourney } from './midjourney';

/** The adapter of each API. */
export const adapters: Record<ApiName, Adapter> = {
	market,
	'gpt4o-image': gpt4oImage,
	'flux-kontext': fluxKontext,
	midjourney,
};
