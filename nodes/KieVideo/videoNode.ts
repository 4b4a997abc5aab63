import { videoModels } from '../shared/catalogue/video';
import type { MediaNodeDefinition } from '../shared/form/mediaNodeDefinition';
import { videoOperations } from './videoOperations';

export const videoNode: MediaNodeDefinition = {
	operations: videoOperations,
	defaultOperation: 'textToVideo',
	models: videoModels,
	presets: {
		textToVideo: 'bytedance/seedance-2-fast',
		imageToVideo: 'kling-2.6/image-to-video',
		upscale: 'topaz/video-upscale',
	},
	timeLimitMinutes: 30,
	usualSeconds: 120,
	taskTypes: ['Text to Video', 'Image to Video', 'Video to Video', 'Video Editing', 'Speech to Video', 'Lip Sync'],
};
