import type { ApiName } from '../catalogue/types';
import type { Adapter } from './adapter';
import { aleph } from './aleph';
import { fluxKontext } from './fluxKontext';
import { gpt4oImage } from './gpt4oImage';
import { luma } from './luma';
import { market } from './market';
import { midjourney } from './midjourney';
import { omniAudio, omniCharacter } from './omni';
import { runway } from './runway';
import { seedanceAsset } from './seedanceAsset';
import {
	sunoCover,
	sunoLyrics,
	sunoMidi,
	sunoMusic,
	sunoNow,
	sunoRecovery,
	sunoStems,
	sunoVideo,
	sunoVoice,
	sunoVoicePhrase,
	sunoWav,
} from './suno';
import { sunoMarket } from './sunoMarket';
import { veo, veo1080p } from './veo';

/** The adapter of each API. */
export const adapters: Record<ApiName, Adapter> = {
	market,
	'gpt4o-image': gpt4oImage,
	'flux-kontext': fluxKontext,
	midjourney,
	veo,
	'veo-1080p': veo1080p,
	runway,
	aleph,
	luma,
	'omni-audio': omniAudio,
	'omni-character': omniCharacter,
	'seedance-asset': seedanceAsset,
	'suno-music': sunoMusic,
	'suno-lyrics': sunoLyrics,
	'suno-wav': sunoWav,
	'suno-stems': sunoStems,
	'suno-midi': sunoMidi,
	'suno-video': sunoVideo,
	'suno-cover': sunoCover,
	'suno-voice-phrase': sunoVoicePhrase,
	'suno-voice': sunoVoice,
	'suno-recovery': sunoRecovery,
	'suno-now': sunoNow,
	'suno-market': sunoMarket,
};

/** A value as the name of an API that has an adapter. */
export function adapterName(value: unknown): ApiName | undefined {
	return Object.values(adapters).find(({ api }) => api === value)?.api;
}
