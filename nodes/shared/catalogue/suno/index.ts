import type { SunoModel } from '../types';
import { audioModels } from './audio';
import { coverArtModels } from './cover-art';
import { lyricsModels } from './lyrics';
import { musicModels } from './music';
import { styleModels } from './style';
import { videoModels } from './video';
import { voiceModels } from './voice';

/** Every call of the Suno API that generates something. */
export const sunoModels: SunoModel[] = [...musicModels, ...lyricsModels, ...audioModels, ...videoModels, ...coverArtModels, ...voiceModels, ...styleModels];
