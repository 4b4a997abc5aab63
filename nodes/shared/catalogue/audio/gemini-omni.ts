import type { Model } from '../types';

/** Preset voices with a short description. */
const voices: Record<string, string> = {
	achernar: 'Achernar - Female, Soft, High',
	achird: 'Achird - Male, Friendly, Mid',
	algenib: 'Algenib - Male, Raspy, Low',
	algieba: 'Algieba - Male, Easygoing, Mid-Low',
	alnilam: 'Alnilam - Male, Steady, Mid-Low',
	aoede: 'Aoede - Female, Brisk, Mid',
	autonoe: 'Autonoe - Female, Bright, Mid',
	callirrhoe: 'Callirrhoe - Female, Easygoing, Mid',
	charon: 'Charon - Male, Intellectual, Low',
	despina: 'Despina - Female, Smooth, Mid',
	enceladus: 'Enceladus - Male, Breathy, Low',
	erinome: 'Erinome - Female, Clear, Mid',
	fenrir: 'Fenrir - Male, Lively, Young',
	gacrux: 'Gacrux - Female, Mature, Mid',
	iapetus: 'Iapetus - Male, Clear, Mid-Low',
	kore: 'Kore - Female, Capable, Mid',
	laomedeia: 'Laomedeia - Female, Cheerful, Mid-High',
	leda: 'Leda - Female, Young, Mid-High',
	orus: 'Orus - Male, Steady, Mid-Low',
	puck: 'Puck - Male, Cheerful, Mid',
	pulcherrima: 'Pulcherrima - Genderless, Forward, Mid-High',
	rasalgethi: 'Rasalgethi - Male, Intellectual, Mid',
	sadachbia: 'Sadachbia - Male, Vivid, Low',
	sadaltager: 'Sadaltager - Male, Knowledgeable, Mid',
	schedar: 'Schedar - Male, Smooth, Mid-Low',
	sulafat: 'Sulafat - Female, Warm, Mid',
	umbriel: 'Umbriel - Male, Smooth, Low',
	vindemiatrix: 'Vindemiatrix - Female, Gentle, Mid',
	zephyr: 'Zephyr - Female, Bright, Mid-High',
	zubenelgenubi: 'Zubenelgenubi - Male, Casual, Mid-Low',
};

export const geminiOmni: Model[] = [
	{
		id: 'omni-audio',
		title: 'Gemini Omni Voice',
		about: 'voice for Gemini Omni videos',
		family: 'Gemini Omni',
		api: 'omni-audio',
		path: '/api/v1/omni/audio/create',
		operations: { createVoice: {} },
		seconds: 15,
		media: {},
		input: {
			required: ['audio_id', 'name'],
			properties: {
				audio_id: { type: 'string', enum: Object.keys(voices), enumNames: voices, searchable: true, preset: 'achernar', description: 'Voice to start from' },
				name: { type: 'string', maxLength: 210, description: 'Name for the voice; up to 210 characters' },
				voice_description: { type: 'string', maxLength: 20000, description: 'Description of the voice: timbre, style, speed, mood; up to 20000 characters' },
				example_dialogue: { type: 'string', maxLength: 120, description: 'Sample text for the voice to speak; up to 120 characters' },
			},
		},
	},
];
