import type { INodePropertyOptions } from 'n8n-workflow';

import type { ApiName } from '../shared/catalogue/types';
import { inOrder } from '../shared/form/order';

/** What people call each API. Results of those that answer at once are no tasks and have no record to look up. */
const APIS: Record<ApiName, { name: string; answersAtOnce?: true }> = {
	market: { name: 'Market (Most Models)' },
	'gpt4o-image': { name: '4o Image' },
	'flux-kontext': { name: 'Flux Kontext' },
	midjourney: { name: 'Midjourney' },
	veo: { name: 'Veo' },
	'veo-1080p': { name: 'Veo 1080p' },
	runway: { name: 'Runway' },
	aleph: { name: 'Runway Aleph' },
	luma: { name: 'Luma' },
	'omni-audio': { name: 'Gemini Omni Voice', answersAtOnce: true },
	'omni-character': { name: 'Gemini Omni Character', answersAtOnce: true },
	'seedance-asset': { name: 'Seedance Asset' },
	'suno-music': { name: 'Suno Music' },
	'suno-lyrics': { name: 'Suno Lyrics' },
	'suno-wav': { name: 'Suno WAV' },
	'suno-stems': { name: 'Suno Stems' },
	'suno-midi': { name: 'Suno MIDI' },
	'suno-video': { name: 'Suno Music Video' },
	'suno-cover': { name: 'Suno Cover Art' },
	'suno-voice-phrase': { name: 'Suno Validation Phrase' },
	'suno-voice': { name: 'Suno Voice' },
	'suno-recovery': { name: 'Suno Recovery' },
	'suno-now': { name: 'Suno (Answers at Once)', answersAtOnce: true },
	'suno-market': { name: 'Suno in the Market' },
};

/** The API that the incoming item names. */
export const OF_ITEM = 'ofItem';

const lookedUp = Object.entries(APIS)
	.filter(([, { answersAtOnce }]) => !answersAtOnce)
	.map(([value, { name }]): INodePropertyOptions => ({ name, value }))
	.sort((a, b) => inOrder(a.name, b.name));

/** What the API list offers: what the item says, then every API whose tasks can be looked up. */
export const apiChoices: INodePropertyOptions[] = [
	{ name: 'From Item', value: OF_ITEM, description: 'The field api, which items of the Kie nodes have' },
	...lookedUp,
];

/** The values that can be looked up, for messages. */
export const apiNames = lookedUp.map(({ value }) => value).join(', ');

/** The people's name of an API whose results come at once, so that there is nothing to look up. */
export function atOnceName(api: ApiName): string | undefined {
	return APIS[api].answersAtOnce && APIS[api].name;
}
