import { audioModels } from '../shared/catalogue/audio';
import type { MediaNodeDefinition } from '../shared/form/mediaNodeDefinition';
import { audioOperations } from './audioOperations';

export const audioNode: MediaNodeDefinition = {
	operations: audioOperations,
	defaultOperation: 'textToSpeech',
	models: audioModels,
	presets: {
		createVoice: 'omni-audio',
		dialogue: 'elevenlabs/text-to-dialogue-v3',
		isolateVoice: 'elevenlabs/audio-isolation',
		soundEffect: 'elevenlabs/sound-effect-v2',
		textToSpeech: 'elevenlabs/text-to-speech-multilingual-v2',
		transcribe: 'elevenlabs/speech-to-text',
	},
	families: ['ElevenLabs', 'Gemini TTS'],
	timeLimitMinutes: 10,
	usualSeconds: 20,
	taskTypes: ['Text to Speech', 'Speech to Text', 'Audio to Audio'],
};
