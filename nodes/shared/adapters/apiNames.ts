import type { INodePropertyOptions } from 'n8n-workflow';

import type { ApiName } from '../catalogue/types';
import { compareNatural } from '../compareNatural';
import type { Adapter } from './adapter';
import { adapters } from './index';

/** What people call each API. */
export const apiNames: Record<ApiName, string> = {
	market: 'Market (Most Models)',
	'gpt4o-image': '4o Image',
	'flux-kontext': 'Flux Kontext',
	midjourney: 'Midjourney',
	veo: 'Veo',
	'veo-1080p': 'Veo 1080p',
	runway: 'Runway',
	aleph: 'Runway Aleph',
	luma: 'Luma',
	'omni-audio': 'Gemini Omni Voice',
	'omni-character': 'Gemini Omni Character',
	'seedance-asset': 'Seedance Asset',
	'suno-music': 'Suno Music',
	'suno-lyrics': 'Suno Lyrics',
	'suno-wav': 'Suno WAV',
	'suno-stems': 'Suno Stems',
	'suno-midi': 'Suno MIDI',
	'suno-video': 'Suno Music Video',
	'suno-cover': 'Suno Cover Art',
	'suno-voice-phrase': 'Suno Validation Phrase',
	'suno-voice': 'Suno Voice',
	'suno-recovery': 'Suno Recovery',
	'suno-now': 'Suno (Answers at Once)',
	'suno-market': 'Suno in the Market',
};

/** A list of the APIs that are of a kind, by name. */
export function apiOptions(isOffered: (adapter: Adapter) => boolean): INodePropertyOptions[] {
	return Object.values(adapters)
		.filter(isOffered)
		.map(({ api }) => ({ name: apiNames[api], value: api }))
		.sort((a, b) => compareNatural(a.name, b.name));
}
