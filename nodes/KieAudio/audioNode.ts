import { audioModels } from '../shared/catalogue/audio';
import type { MediaNodeDefinition } from '../shared/form/mediaNodeDefinition';
import { audioOperations } from './audioOperations';

export const audioNode: MediaNodeDefinition = {
	operations: audioOperations,
	defaultOperation: 'textToSpeech',
	models: audioModels,
	presets: { textToSpeech: 'elevenlabs/text-to-speech-multilingual-v2' },
	timeLimitMinutes: 10,
	usualSeconds: 20,
	taskTypes: ['Text to Speech', 'Speech to Text', 'Audio to Audio'],
};
