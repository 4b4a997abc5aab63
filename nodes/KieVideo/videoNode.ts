import { videoModels } from '../shared/catalogue/video';
import type { MediaNodeDefinition } from '../shared/form/mediaNodeDefinition';
import { videoOperations } from './videoOperations';

export const videoNode: MediaNodeDefinition = {
	operations: videoOperations,
	defaultOperation: 'textToVideo',
	models: videoModels,
	presets: {
		avatar: 'kling/ai-avatar-standard',
		createAsset: 'seedance-asset',
		createCharacter: 'omni-character',
		detectSubjects: 'omnihuman-1-5/subject-detection',
		extend: 'veo/extend',
		imageToVideo: 'kling/v3-turbo-image-to-video',
		motionControl: 'kling-3.0/motion-control',
		referenceToVideo: 'bytedance/seedance-2-fast',
		storyboard: 'kling-3.0/video',
		textToVideo: 'bytedance/seedance-2-fast',
		upscale: 'topaz/video-upscale',
		videoToVideo: 'kling-3.0-omni/transformation',
	},
	families: [
		'Veo',
		'Kling',
		'Seedance',
		'Wan',
		'Hailuo',
		'MiniMax H3',
		'Runway',
		'Grok Imagine',
		'Gemini Omni',
		'PixVerse',
	],
	timeLimitMinutes: 30,
	usualSeconds: 120,
	taskTypes: ['Text to Video', 'Image to Video', 'Video to Video', 'Video Editing', 'Speech to Video', 'Lip Sync'],
};
