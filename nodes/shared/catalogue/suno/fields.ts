import { url } from '../fields';
import type { Schema } from '../types';

/** Field definitions that several operations share. */

export const taskId: Schema = { type: 'string', description: 'ID of the task that generated the track', refersTo: 'trackTask' };

/** A task whose result is continued. */
export const earlierTask: Schema = { type: 'string', description: 'ID of the earlier task', refersTo: 'task' };

export const audioId: Schema = { type: 'string', description: 'ID of the track', refersTo: 'track' };

export const sourceAudio: Schema = { ...url, title: 'Audio', description: 'Audio to start from; up to 8 minutes' };

export const customMode: Schema = { type: 'boolean', description: 'Whether to specify style, title and exact lyrics instead of only a description' };

export const instrumental: Schema = { type: 'boolean', description: 'Whether to generate music without vocals' };

export const negativeTags: Schema = { type: 'string', description: 'Styles or traits to avoid' };

export const vocalGender: Schema = { type: 'string', enum: ['m', 'f'], enumNames: { m: 'Male', f: 'Female' }, description: 'Preferred gender of the singer; not guaranteed' };

/** Weights have two decimals. `multipleOf: 0.01` would reject valid values, because such fractions are not exact. */
export const styleWeight: Schema = { type: 'number', minimum: 0, maximum: 1, description: 'How closely to follow the style; up to two decimals' };
export const weirdnessConstraint: Schema = { type: 'number', minimum: 0, maximum: 1, description: 'How unconventional the music is; up to two decimals' };
export const audioWeight: Schema = { type: 'number', minimum: 0, maximum: 1, description: 'Influence of the input audio; up to two decimals' };

export const personaId: Schema = { type: 'string', description: 'ID of the persona or voice to use' };

export const personaModel: Schema = { type: 'string', enum: ['style_persona', 'voice_persona'], description: 'Type of the persona: style or custom voice' };

export const duration: Schema = { type: 'integer', minimum: 10, maximum: 360, default: 20, description: 'Duration of the music in seconds' };
