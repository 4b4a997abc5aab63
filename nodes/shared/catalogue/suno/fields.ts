import { url } from '../fields';
import type { Schema } from '../types';

/** Fields that several operations share word for word. */

/** What is made of a track (stems, a WAV file) gives out the track's own task as `sourceTaskId`, so that chains go on. */
export const taskId: Schema = { type: 'string', description: 'Task that made the track', fromItem: '{{ $json.sourceTaskId ?? $json.taskId }}' };

/** A task whose own result is taken up. */
export const earlierTask: Schema = { type: 'string', description: 'The earlier task', fromItem: '{{ $json.taskId }}' };

/** A music operation gives out `tracks`, or a `track` where each has an item of its own. */
export const audioId: Schema = { type: 'string', description: 'Which track of the task, by its ID', fromItem: '{{ $json.track?.id ?? $json.tracks?.[0]?.id ?? $json.audioId }}' };

export const sourceAudio: Schema = { ...url, title: 'Audio', description: 'The music to start from, of up to 8 minutes' };

export const customMode: Schema = { type: 'boolean', description: 'Whether to give style, title and the exact lyrics instead of an idea only' };

export const instrumental: Schema = { type: 'boolean', description: 'Whether to make music without vocals' };

export const negativeTags: Schema = { type: 'string', description: 'Styles or traits to keep out' };

export const vocalGender: Schema = { type: 'string', enum: ['m', 'f'], enumNames: { m: 'Male', f: 'Female' }, description: 'The singer to prefer; more likely with it, but not certain' };

/** Weights take two decimals. `multipleOf: 0.01` would refuse good values, because such fractions are not exact. */
export const styleWeight: Schema = { type: 'number', minimum: 0, maximum: 1, description: 'How closely to follow the style, to two decimals' };
export const weirdnessConstraint: Schema = { type: 'number', minimum: 0, maximum: 1, description: 'How far the result may stray from the usual, to two decimals' };
export const audioWeight: Schema = { type: 'number', minimum: 0, maximum: 1, description: 'How much the features of the audio count, to two decimals' };

export const personaId: Schema = { type: 'string', description: 'Persona or voice to sing or play in, by its ID' };

export const personaModel: Schema = { type: 'string', enum: ['style_persona', 'voice_persona'], description: 'Whether the ID is that of a persona or of a voice of your own' };

export const duration: Schema = { type: 'integer', minimum: 10, maximum: 360, default: 20, description: 'How long the music is to be, in seconds' };
