import type { INodePropertyOptions } from 'n8n-workflow';

import { compareNatural } from '../compareNatural';
import type { Adapter } from './adapter';
import { aleph } from './aleph';
import { fluxKontext } from './fluxKontext';
import { gpt4oImage } from './gpt4oImage';
import { luma } from './luma';
import { market } from './market';
import { midjourney } from './midjourney';
import { omniAudio } from './omniAudio';
import { omniCharacter } from './omniCharacter';
import { runway } from './runway';
import { seedanceAsset } from './seedanceAsset';
import { sunoCover } from './sunoCover';
import { sunoLyrics } from './sunoLyrics';
import { sunoMarket } from './sunoMarket';
import { sunoMidi } from './sunoMidi';
import { sunoMusic } from './sunoMusic';
import { sunoNow } from './sunoNow';
import { sunoRecovery } from './sunoRecovery';
import { sunoStems } from './sunoStems';
import { sunoVideo } from './sunoVideo';
import { sunoVoice } from './sunoVoice';
import { sunoVoicePhrase } from './sunoVoicePhrase';
import { sunoWav } from './sunoWav';
import { veo } from './veo';
import { veo1080p } from './veo1080p';

/**
 * The adapters, by the name of their API in models, outputs and stored workflows. A callback that does not tell its API is
 * searched in this order.
 */
export const adapters = {
	market,
	veo,
	runway,
	aleph,
	'gpt4o-image': gpt4oImage,
	'flux-kontext': fluxKontext,
	midjourney,
	luma,
	'suno-market': sunoMarket,
	'suno-music': sunoMusic,
	'suno-lyrics': sunoLyrics,
	'suno-stems': sunoStems,
	'suno-wav': sunoWav,
	'suno-video': sunoVideo,
	'suno-midi': sunoMidi,
	'suno-cover': sunoCover,
	'suno-voice-phrase': sunoVoicePhrase,
	'suno-voice': sunoVoice,
	'suno-recovery': sunoRecovery,
	'suno-now': sunoNow,
	'veo-1080p': veo1080p,
	'seedance-asset': seedanceAsset,
	'omni-audio': omniAudio,
	'omni-character': omniCharacter,
} satisfies Record<string, Adapter>;

export type ApiName = keyof typeof adapters;

/** Whether a value from outside names an API. */
export function isApiName(value: unknown): value is ApiName {
	return typeof value === 'string' && Object.hasOwn(adapters, value);
}

export const apiNames: ApiName[] = Object.keys(adapters).filter(isApiName);

/** The APIs that satisfy a condition, as the options of a parameter. */
export function apiOptions(isOffered: (adapter: Adapter) => boolean): INodePropertyOptions[] {
	return apiNames
		.filter((api) => isOffered(adapters[api]))
		.map((api) => ({ name: adapters[api].displayName, value: api }))
		.sort((a, b) => compareNatural(a.name, b.name));
}
