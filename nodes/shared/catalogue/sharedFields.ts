import type { SharedField } from './types';

/** What a field with one of Kie's names is in all models, unless a model says otherwise in `shared`. */
export const sharedNames = new Map<string, SharedField>([
	['aspectRatio', 'aspect_ratio'],
	['aspect_ratio', 'aspect_ratio'],
	['ratio', 'aspect_ratio'],

	['image_resolution', 'resolution'],
	['output_resolution', 'resolution'],
	['resolution', 'resolution'],

	['duration', 'duration'],
	['duration_seconds', 'duration'],
	['n_frames', 'duration'],

	['audio', 'sound'],
	['generate_audio', 'sound'],
	['generate_audio_switch', 'sound'],
	['sound', 'sound'],

	['files_url', 'image_urls'],
	['filesUrl', 'image_urls'],
	['image', 'image_urls'],
	['image_input', 'image_urls'],
	['image_url', 'image_urls'],
	['image_urls', 'image_urls'],
	['inputImage', 'image_urls'],
	['input_image', 'image_urls'],
	['input_urls', 'image_urls'],

	['first_frame', 'first_frame_url'],
	['first_frame_image_url', 'first_frame_url'],
	['first_frame_url', 'first_frame_url'],

	['end_image_url', 'last_frame_url'],
	['last_frame_image_url', 'last_frame_url'],
	['last_frame_url', 'last_frame_url'],
	['tail_image_url', 'last_frame_url'],

	['referenceImage', 'reference_image_urls'],
	['reference_image', 'reference_image_urls'],
	['reference_image_urls', 'reference_image_urls'],
	['reference_video', 'reference_video_urls'],
	['reference_video_urls', 'reference_video_urls'],
	['reference_audio_urls', 'reference_audio_urls'],

	['first_clip_url', 'video_urls'],
	['videoUrl', 'video_urls'],
	['video_url', 'video_urls'],
	['video_urls', 'video_urls'],

	['audio_url', 'audio_url'],
	['driving_audio_url', 'audio_url'],

	['mask_url', 'mask_url'],
]);
