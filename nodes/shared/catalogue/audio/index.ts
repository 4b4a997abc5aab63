import type { Model } from '../types';
import { elevenlabs } from './elevenlabs';
import { geminiOmni } from './gemini-omni';
import { geminiTts } from './gemini-tts';

/** Every model of Kie Audio. */
export const audioModels: Model[] = [...elevenlabs, ...geminiOmni, ...geminiTts];
