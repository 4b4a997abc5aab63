import { url } from '../fields';
import type { Schema } from '../types';

/** Field definitions that several operations share. */

export const taskId: Schema = { type: 'string', description: 'ID of the task that generated the track', refersTo: 'trackTask' };

/** A task whose result is continued. */
export const earlierTask: Schema = { type: 'string', description: 'ID of the earlier task', refersTo: 'task' };

export const audioId: Schema = { type: 'string', description: 'ID of the track', refersTo: 'track' };

export const sourceAudio: Schema = { ...url, title: 'Audio', description: 'Audio to start from, up to 8 minutes' };

export const customMode: Schema = { type: 'boolean', description: 'Whether to set style, title and exact lyrics' };

export const instrumental: Schema = { type: 'boolean', description: 'Whether to leave out vocals' };

/** An idea, and the lyrics that take its place in custom mode. */
export const IDEA = 'A calm lo-fi song about rain at night';
export const LYRICS = '[Verse] City lights in the rain';

export const style = (description: string): Schema => ({ type: 'string', maxLength: 1000, example: 'Synthwave, female vocals, 110 BPM', description });

export const title = (maxLength?: number): Schema => ({ type: 'string', maxLength, example: 'Night City', description: 'Title of the track' });

export const negativeTags: Schema = { type: 'string', example: 'Heavy metal, screaming', description: 'Styles to avoid' };

export const vocalGender: Schema = { type: 'string', enum: ['m', 'f'], enumNames: { m: 'Male', f: 'Female' }, description: 'Gender of the singer, not guaranteed' };

/** Weights have two decimals. `multipleOf: 0.01` would reject valid values, because such fractions are not exact. */
const weight: Schema = { type: 'number', minimum: 0, maximum: 1, preset: 0.5 };
export const styleWeight: Schema = { ...weight, description: 'How closely to follow the style' };
export const weirdnessConstraint: Schema = { ...weight, description: 'How unusual the music is' };
export const audioWeight: Schema = { ...weight, description: 'Influence of the input audio' };

export const personaId: Schema = { type: 'string', description: 'ID of a persona or voice' };

export const personaModel: Schema = { type: 'string', enum: ['style_persona', 'voice_persona'], description: 'Type of the persona' };

/** Kie's default gives a song of 20 seconds. */
export const duration: Schema = { type: 'integer', minimum: 10, maximum: 360, default: 20, preset: 180, description: 'Length of the music in seconds' };
