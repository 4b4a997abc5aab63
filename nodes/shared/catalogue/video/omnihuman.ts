import { url } from '../fields';
import type { Model } from '../types';

export const omnihuman: Model[] = [
	{
		id: 'omnihuman-1-5',
		title: 'OmniHuman 1.5',
		family: 'OmniHuman',
		operations: { avatar: {} },
		seconds: 240,
		media: { image_url: 'image', audio_url: 'audio', mask_url: 'image' },
		input: {
			required: ['image_url', 'audio_url'],
			properties: {
				prompt: { type: 'string', maxLength: 300, description: 'Guidance for the result; Chinese, English, Japanese, Korean, Spanish or Indonesian; up to 300 characters' },
				image_url: { type: 'string', format: 'uri', description: 'Portrait of a person, pet or drawn figure; JPEG, PNG or WebP; max 10 MB' },
				mask_url: { type: 'array', maxItems: 5, items: url, description: 'Masks of the subjects that speak, made with Subject Detection; JPEG, PNG or WebP; max 10 MB each; up to 5' },
				audio_url: { type: 'string', format: 'uri', description: 'Speech; MP3, WAV, AAC, MP4 or OGG; max 10 MB; under 60 seconds, best up to 15' },
				output_resolution: { type: 'string', enum: ['720', '1080'], default: '1080', description: 'Height of the result in pixels' },
				pe_fast_mode: { type: 'boolean', default: false, description: 'Whether to work faster, at some loss of quality' },
				seed: { type: 'integer', default: -1, description: 'Same seed and input give about the same result; -1 for a random one' },
			},
		},
	},
	{
		id: 'omnihuman-1-5/human-identification',
		title: 'OmniHuman 1.5 - Human Identification',
		family: 'OmniHuman',
		operations: { detectSubjects: {} },
		seconds: 15,
		media: { image_url: 'image' },
		input: {
			required: ['image_url'],
			properties: {
				image_url: { type: 'string', format: 'uri', description: 'Portrait, best of one person who faces the camera; JPEG or PNG; max 5 MB; under 4096 x 4096 pixels' },
			},
		},
	},
	{
		id: 'omnihuman-1-5/subject-detection',
		title: 'OmniHuman 1.5 - Subject Detection',
		family: 'OmniHuman',
		operations: { detectSubjects: {} },
		seconds: 15,
		media: { image_url: 'image' },
		input: {
			required: ['image_url'],
			properties: {
				image_url: { type: 'string', format: 'uri', description: 'Portrait with up to 5 subjects; JPEG or PNG; max 5 MB' },
			},
		},
	},
];
