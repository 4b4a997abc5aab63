import type { Model } from '../types';

export const infinitalk: Model[] = [
	{
		id: 'infinitalk/from-audio',
		title: 'Infinitalk - From Audio',
		about: 'talking portrait',
		family: 'Infinitalk',
		operations: { avatar: {} },
		seconds: 180,
		media: { image_url: 'image', audio_url: 'audio' },
		input: {
			required: ['prompt', 'image_url', 'audio_url'],
			properties: {
				prompt: { type: 'string', maxLength: 5000, description: 'Description of the video; up to 5000 characters' },
				image_url: { type: 'string', format: 'uri', description: 'Portrait; JPEG, PNG or WebP; max 10 MB; center-cropped to fit' },
				audio_url: { type: 'string', format: 'uri', description: 'Speech; MP3, WAV, AAC, MP4 or OGG; max 10 MB' },
				resolution: { type: 'string', enum: ['480p', '720p'], default: '480p', description: 'Output resolution' },
				seed: { type: 'number', minimum: 10000, maximum: 1000000, description: 'Same seed and input produce similar results' },
			},
		},
	},
];
