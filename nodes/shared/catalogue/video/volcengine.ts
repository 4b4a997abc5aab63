import { isSet } from '../rules';
import type { Model } from '../types';

export const volcengine: Model[] = [
	{
		id: 'volcengine/video-to-video-lip-sync',
		title: 'Volcengine - Lip Sync',
		about: 'lip-syncs a video',
		family: 'Volcengine',
		operations: { avatar: {} },
		seconds: 240,
		media: { video_url: 'video', audio_url: 'audio' },
		input: {
			required: ['video_url', 'audio_url', 'mode'],
			properties: {
				video_url: { type: 'string', format: 'uri', description: 'Video of the person; MP4, MOV or HDR; max 500 MB; 360p to 1080p; 24 to 60 frames per second' },
				audio_url: { type: 'string', format: 'uri', description: 'Clean speech; MP3, WAV, AAC, MP4 or OGG; max 10 MB; 1 to 240 seconds, or 210 in basic mode' },
				mode: { type: 'string', enum: ['lite', 'basic'], description: 'Type of scene: lite is faster, for one person facing the camera; basic is for one person in complex scenes' },
				separate_vocal: { type: 'boolean', default: false, description: 'Whether to separate the voice from background noise first' },
				open_scenedet: { type: 'boolean', default: false, description: 'Whether to detect scenes and speakers; basic mode only' },
				align_audio: { type: 'boolean', default: true, description: 'Whether to loop the video when the audio is longer; lite mode only' },
				align_audio_reverse: { type: 'boolean', default: false, description: 'Whether to loop the video backwards; lite mode only, with Align Audio' },
				templ_start_seconds: { type: 'number', default: 0, description: 'Time to start the video from, in seconds; lite mode only' },
			},
		},
		rules: [
			{
				message: "'Scene Detection' requires 'Model Mode' basic",
				holds: ({ open_scenedet, mode }) => open_scenedet !== true || mode === 'basic',
			},
			{
				message: "'Align Audio', 'Align Audio Reverse' and 'Template Start (Seconds)' require 'Model Mode' lite",
				holds: ({ align_audio, align_audio_reverse, templ_start_seconds, mode }) => mode === 'lite' || ![align_audio, align_audio_reverse, templ_start_seconds].some(isSet),
			},
			{
				message: "'Align Audio Reverse' requires 'Align Audio'",
				holds: ({ align_audio_reverse, align_audio }) => align_audio_reverse !== true || align_audio !== false,
			},
		],
	},
];
