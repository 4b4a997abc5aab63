import { url } from '../fields';
import type { Model } from '../types';
import { listOf, NUMBER, TEXT } from '../../adapters/resultShape';

export const omnihuman: Model[] = [
	{
		id: 'omnihuman-1-5',
		title: 'OmniHuman 1.5',
		about: 'up to 60 s of speech, also pets and cartoons',
		family: 'OmniHuman',
		operations: { avatar: {} },
		seconds: 240,
		media: { image_url: 'image', audio_url: 'audio', mask_url: 'image' },
		input: {
			required: ['image_url', 'audio_url'],
			properties: {
				prompt: { type: 'string', maxLength: 300, description: 'Description of the video; Chinese, English, Japanese, Korean, Spanish or Indonesian; up to 300 characters' },
				image_url: { type: 'string', format: 'uri', description: 'Portrait of a person, pet or cartoon character; JPEG, PNG or WebP; max 10 MB' },
				mask_url: { type: 'array', maxItems: 5, items: url, description: 'Masks of the speaking subjects, from OmniHuman 1.5 - Subject Detection; JPEG, PNG or WebP; max 10 MB each; up to 5' },
				audio_url: { type: 'string', format: 'uri', description: 'Speech; MP3, WAV, AAC, MP4 or OGG; max 10 MB; under 60 seconds, up to 15 recommended' },
				output_resolution: { type: 'string', enum: ['720', '1080'], default: '1080', description: 'Output height in pixels' },
				pe_fast_mode: { type: 'boolean', default: false, description: 'Whether to generate faster at lower quality' },
				seed: { type: 'integer', default: -1, description: 'Same seed and input produce similar results; -1 for random' },
			},
		},
	},
	{
		id: 'omnihuman-1-5/human-identification',
		title: 'OmniHuman 1.5 - Human Identification',
		about: 'checks whether a portrait is suitable',
		family: 'OmniHuman',
		operations: { detectSubjects: {} },
		result: { fields: { subject_status: NUMBER }, withoutFiles: true },
		seconds: 15,
		media: { image_url: 'image' },
		input: {
			required: ['image_url'],
			properties: {
				image_url: { type: 'string', format: 'uri', description: 'Portrait, ideally of one person facing the camera; JPEG or PNG; max 5 MB; under 4096 x 4096 pixels' },
			},
		},
	},
	{
		id: 'omnihuman-1-5/subject-detection',
		title: 'OmniHuman 1.5 - Subject Detection',
		about: 'returns a mask for each subject',
		family: 'OmniHuman',
		operations: { detectSubjects: {} },
		result: { fields: { mask_urls: listOf(TEXT) }, withoutFiles: true },
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
