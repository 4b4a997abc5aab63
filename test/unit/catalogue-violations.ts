import type { Json } from '../../nodes/shared/json';

/** For a rule: what to add to a model's minimal body so that the rule is broken. `undefined` takes a field away. */
export interface Violation {
	models: string[];
	message: string;
	patch: Patch;
}

export type Patch = Record<string, Json | undefined>;

const file = 'https://example.com/file';
const shot = (duration: number): Json => ({ prompt: 'a shot', duration });
const element = (files: number, more: Record<string, Json> = {}): Json => ({
	name: 'cat',
	description: 'a cat',
	element_input_urls: Array<Json>(files).fill(file),
	...more,
});
const ofPictures = element(2);
const ofVideo = element(1);
const times = (count: number, entry: Json): Json[] => Array<Json>(count).fill(entry);
const media = (count: number): Json[] => times(count, file);

/** What an operation's minimal body needs beyond its required fields, for models with a choice of inputs. */
export const additions: Record<string, Patch> = {
	'bytedance/seedance-2-5: referenceToVideo': { reference_image_urls: media(1) },
	'bytedance/seedance-2: referenceToVideo': { reference_image_urls: media(1) },
	'bytedance/seedance-2-fast: referenceToVideo': { reference_image_urls: media(1) },
	'bytedance/seedance-2-mini: referenceToVideo': { reference_image_urls: media(1) },
	'gemini-omni-video: videoToVideo': { video_list: [{ url: file, start: 0, ends: 10 }] },
	'google/gemini-omni-flash-1-1: videoToVideo': { video_list: [{ url: file, start: 0, ends: 10 }] },
	'grok-imagine/image-to-video: imageToVideo': { image_urls: media(1) },
	'kling-3.0-omni/reference-to-video: referenceToVideo': { image_urls: media(1) },
	'kling-3.0-omni/reference-to-video: storyboard': { image_urls: media(1) },
	'minimax-h3/image-to-video: imageToVideo': { last_frame_url: file },
	'minimax-h3/reference-to-video: referenceToVideo': { reference_video_urls: media(1) },
	'pixverse-v6/extend: extend': { video_url: file },
	'pixverse-v6/image-to-video: imageToVideo': { duration: 5 },
	'wan/2-7-r2v: referenceToVideo': { reference_image: media(1) },
	'wan/3-0-video: referenceToVideo': { reference_link_urls: media(1) },
	'wan/3-0-video-prime: referenceToVideo': { reference_link_urls: media(1) },
};

/** Rules of one model, or of several that share them. */
const of = (models: string[], ...rules: Array<[string, Patch]>): Violation[] =>
	rules.map(([message, patch]) => ({ models, message, patch }));

const image: Violation[] = [
	...of(
		['gpt-image-2-text-to-image', 'gpt-image-2-image-to-image'],
		[
			"'Resolution' 2K doesn't support 'Aspect Ratio' 5:4, 4:5, 3:1, 1:3 or 9:21",
			{ resolution: '2K', aspect_ratio: '5:4' },
		],
		["'Resolution' 4K doesn't support 'Aspect Ratio' 1:1, 3:1, 1:3 or 9:21", { resolution: '4K', aspect_ratio: '1:1' }],
		["'Resolution' 2K and 4K require an 'Aspect Ratio' other than auto", { resolution: '2K' }],
		["'Resolution' 2K and 4K require an 'Aspect Ratio' other than auto", { resolution: '4K', aspect_ratio: 'auto' }],
		["'Background' requires 'Resolution' 1K", { background: 'transparent', resolution: '2K', aspect_ratio: '16:9' }],
	),
	...of(
		[
			'gpt-image-2-5-flare-text-to-image',
			'gpt-image-2-5-flare-image-to-image',
			'gpt-image-2-5-sunburst-text-to-image',
			'gpt-image-2-5-sunburst-image-to-image',
		],
		["'Aspect Ratio' 27:16, 16:27, 9:8 and 8:9 require 'Resolution' 1K", { aspect_ratio: '9:8', resolution: '4K' }],
	),
	...of(['4o-image-api'], ['A prompt or input images are required', { prompt: undefined, files_url: undefined }]),
	...of(
		['gpt4o-image'],
		['A prompt or input images are required', { prompt: undefined, filesUrl: undefined }],
		["'Mask' requires exactly one input image", { maskUrl: file, filesUrl: media(2) }],
		["'Mask' requires exactly one input image", { maskUrl: file, filesUrl: undefined }],
	),
	...of(
		['flux1-kontext'],
		["'Safety Tolerance' must be at most 2 with an input image", { input_image: file, safety_tolerance: 3 }],
	),
	...of(
		['flux-kontext-pro', 'flux-kontext-max'],
		["'Safety Tolerance' must be at most 2 with an input image", { inputImage: file, safetyTolerance: 3 }],
	),
	...of(
		['grok-imagine-image-2-0/segment-map'],
		["Either 'Task ID' or 'Image' is required, not both", { task_id: 'task', image_url: file }],
		["Either 'Task ID' or 'Image' is required, not both", { task_id: undefined, image_url: undefined }],
	),
	...of(
		['qwen2-1/text-to-image', 'qwen2-1/image-to-image'],
		[
			"'Background' transparent requires 'Output Format' png or webp",
			{ background: 'transparent', output_format: 'jpeg' },
		],
	),
	...of(
		['qwen2-1/image-to-image'],
		["'Mask' requires exactly one input image", { mask_url: file, image_urls: media(2) }],
		["'Mask' can't be combined with 'Background' transparent", { mask_url: file, background: 'transparent' }],
	),
	...of(
		['wan/2-7-image', 'wan/2-7-image-pro'],
		["'Number of Images' must be at most 4 without 'Enable Sequential'", { n: 5 }],
		[
			"'Thinking Mode' can't be combined with 'Enable Sequential' or input images",
			{ thinking_mode: true, input_urls: media(1) },
		],
		[
			"'Thinking Mode' can't be combined with 'Enable Sequential' or input images",
			{ thinking_mode: true, enable_sequential: true },
		],
		[
			"'Color Palette' can't be combined with 'Enable Sequential'",
			{ color_palette: times(3, { hex: '#C2D1E6', ratio: '23.51%' }), enable_sequential: true },
		],
		["'Boxes' requires input images", { bbox_list: [[[0, 0, 10, 10]]], input_urls: undefined }],
		["'Boxes' must have one entry per input image", { bbox_list: [[[0, 0, 10, 10]]], input_urls: media(2) }],
	),
	...of(
		['wan/2-7-image-pro'],
		[
			"'Resolution' 4K can't be combined with 'Enable Sequential' or input images",
			{ resolution: '4K', enable_sequential: true },
		],
		[
			"'Resolution' 4K can't be combined with 'Enable Sequential' or input images",
			{ resolution: '4K', input_urls: media(1) },
		],
	),
];

const seedance2 = ['bytedance/seedance-2', 'bytedance/seedance-2-fast', 'bytedance/seedance-2-mini'];
const wan3 = ['wan/3-0-video', 'wan/3-0-video-prime'];

const video: Violation[] = [
	...of(
		[...seedance2, 'bytedance/seedance-2-5'],
		['A prompt or an input file is required', { prompt: undefined, web_search: true }],
		[
			"First and last frame can't be combined with references",
			{ first_frame_url: file, reference_audio_urls: media(1) },
		],
		["'Last Frame' requires 'First Frame'", { last_frame_url: file }],
		["'Duration' must be -1 or at least 4", { duration: 3 }],
	),
	...of(seedance2, ["'Web Search' can't be combined with input files", { web_search: true, first_frame_url: file }]),
	...of(
		['gemini-omni-video', 'google/gemini-omni-flash-1-1'],
		[
			'Input images, characters and the input video, which counts as 2, can be up to 7 in total',
			{ image_urls: media(4), character_ids: ['a', 'b'], video_list: [{ url: file, start: 0, ends: 5 }] },
		],
		[
			"The segment in 'Video List' must end after its start, at most 10 seconds later",
			{ video_list: [{ url: file, start: 5, ends: 5 }] },
		],
		[
			"The segment in 'Video List' must end after its start, at most 10 seconds later",
			{ video_list: [{ url: file, start: 5, ends: 16 }] },
		],
	),
	...of(
		['google/gemini-omni-flash-1-1'],
		[
			"'First Frame' can't be combined with reference images, voices, characters or an input video",
			{ first_frame_url: file, audio_ids: ['a'] },
		],
		["'Last Frame' requires 'First Frame'", { last_frame_url: file }],
	),
	...of(
		['grok-imagine/image-to-video'],
		["Either 'Images' or 'Task ID' is required, not both", { task_id: 'task' }],
		["Either 'Images' or 'Task ID' is required, not both", { image_urls: undefined }],
		["'Model Mode' spicy requires 'Task ID' instead of 'Images'", { mode: 'spicy' }],
		["'Resolution' 1080p allows up to 1 input image", { resolution: '1080p', image_urls: media(2) }],
	),
	...of(
		['grok-imagine-video-1-5-preview'],
		['A prompt or input images are required', { prompt: undefined }],
		["'Resolution' 1080p allows up to 1 input image", { resolution: '1080p', image_urls: media(2) }],
	),
	...of(
		['hailuo/2-3-image-to-video-pro', 'hailuo/2-3-image-to-video-standard'],
		["'Resolution' 1080P can't be combined with 'Duration' 10", { resolution: '1080P', duration: '10' }],
	),
	...of(
		['kling-3.0/video'],
		["'Prompt' is required without 'Multi Shots'", { prompt: undefined }],
		["'Shots' is required with 'Multi Shots'", { multi_shots: true }],
		["'Shots' is required with 'Multi Shots'", { multi_shots: true, multi_prompt: [] }],
		["'Aspect Ratio' is required without input images", { aspect_ratio: undefined }],
		["'Multi Shots' allows up to 1 input image", { multi_shots: true, multi_prompt: [shot(5)], image_urls: media(2) }],
		[
			"'Shots' can't be longer than 'Duration' in total",
			{ multi_shots: true, multi_prompt: [shot(3), shot(3)], duration: '5' },
		],
		['Input images are required if a prompt refers to an element', { prompt: 'a @cat', kling_elements: [ofPictures] }],
		[
			'Input images are required if a prompt refers to an element',
			{ multi_shots: true, multi_prompt: [{ prompt: 'a @cat', duration: 3 }], kling_elements: [ofPictures] },
		],
		[
			"The video segment in 'Kling Elements' must last 3000 to 8000 milliseconds",
			{ kling_elements: [element(1, { start_time: 6000 })] },
		],
	),
	...of(
		['kling-3.0-omni/text-to-video'],
		["'Shots' is required unless 'Customize Multi Shots' is off", { customize_multi_shots: undefined }],
		["'Shots' requires 'Customize Multi Shots'", { multi_prompt: [shot(3)] }],
		[
			"'Prefer Multi Shots' requires 'Customize Multi Shots' to be off",
			{ prefer_multi_shots: true, customize_multi_shots: true, multi_prompt: [shot(3)] },
		],
	),
	...of(
		['kling-3.0-omni/text-to-video', 'kling-3.0-omni/transformation'],
		["'Elements' can have up to 3 video subjects", { elements: times(4, ofVideo) }],
		[
			"'Elements' can have up to 4 image subjects with a video subject",
			{ elements: [ofVideo, ...times(5, ofPictures)] },
		],
	),
	...of(
		['kling-3.0-omni/image-to-video', 'kling-3.0-omni/reference-to-video'],
		["'Shots' is required with 'Customize Multi Shots'", { customize_multi_shots: true }],
		["'Shots' requires 'Customize Multi Shots'", { multi_prompt: [shot(3)] }],
		[
			"'Customize Multi Shots' and 'Prefer Multi Shots' can't be combined",
			{ customize_multi_shots: true, multi_prompt: [shot(3)], prefer_multi_shots: true },
		],
		[
			"The video segment in 'Elements' must last 3000 to 8000 milliseconds",
			{ elements: [element(1, { start_time: 2000, end_time: 12000 })] },
		],
	),
	...of(
		['kling-3.0-omni/image-to-video'],
		["'Aspect Ratio' other than auto requires 'Customize Multi Shots'", { aspect_ratio: '16:9' }],
	),
	...of(
		['kling-3.0-omni/reference-to-video'],
		['Reference images or videos are required', { image_urls: undefined }],
		["'Audio' must be off with a reference video", { video_urls: media(1) }],
		[
			"'Aspect Ratio' must be auto for a reference video without reference images",
			{ image_urls: undefined, video_urls: media(1), audio: false },
		],
		["'Aspect Ratio' auto requires a reference video without reference images", { aspect_ratio: 'auto' }],
		[
			"'Prefer Multi Shots' can't be combined with a reference video",
			{ video_urls: media(1), audio: false, prefer_multi_shots: true },
		],
		[
			"'Elements' requires 'Customize Multi Shots' with a reference video",
			{ video_urls: media(1), audio: false, elements: [ofPictures] },
		],
		['Reference images and image subjects can be up to 7 in total', { image_urls: media(7), elements: [ofPictures] }],
		[
			'Reference images and image subjects can be up to 4 in total with a video',
			{ image_urls: media(5), video_urls: media(1) },
		],
		[
			'Reference images and image subjects can be up to 4 in total with a video',
			{ image_urls: media(4), elements: [ofVideo, ofPictures] },
		],
		["'Elements' can have up to 3 video subjects", { elements: times(4, ofVideo) }],
		[
			"'Elements' can have up to 1 video subject with a reference video",
			{ video_urls: media(1), elements: times(2, ofVideo) },
		],
		[
			"A video subject can't be combined with images and a reference video",
			{ video_urls: media(1), elements: [ofVideo] },
		],
	),
	...of(
		['kling-3.0-omni/transformation'],
		["'Aspect Ratio' must be auto without reference images", { aspect_ratio: '16:9' }],
		["'Aspect Ratio' auto can't be combined with reference images", { aspect_ratio: 'auto', image_urls: media(1) }],
		["'Duration' requires reference images", { duration: '5' }],
		[
			'Reference images and image subjects can be up to 4 in total',
			{ image_urls: media(2), elements: times(3, ofPictures) },
		],
		["A video subject can't be combined with reference images", { image_urls: media(1), elements: [ofVideo] }],
	),
	...of(['midjourney-video', 'midjourney-video-hd'], ["'Files' must be a single image", { fileUrls: media(2) }]),
	...of(['minimax-h3/image-to-video'], ['A first or last frame is required', { last_frame_url: undefined }]),
	...of(
		['minimax-h3/reference-to-video'],
		['Reference images or videos are required', { reference_video_urls: undefined, reference_audio_urls: media(1) }],
	),
	...of(
		['pixverse-v6/image-to-video'],
		["'Duration' is required without 'Template ID'", { duration: undefined }],
		["'Duration' can't be combined with 'Template ID', which sets it", { template_id: '411563216524736' }],
		["This 'Template ID' requires 2 input images", { duration: undefined, template_id: '412736208886848' }],
		[
			"This 'Template ID' allows only 1 input image",
			{ duration: undefined, template_id: '411563216524736', image_urls: media(2) },
		],
	),
	...of(
		['pixverse-v6/extend'],
		["Either 'Task ID' or 'Video' is required, not both", { taskId: 'task' }],
		["Either 'Task ID' or 'Video' is required, not both", { video_url: undefined }],
	),
	...of(
		['runway', 'runway-own'],
		["'Quality' 1080p can't be combined with 'Duration' 10", { quality: '1080p', duration: 10 }],
		["'Aspect Ratio' is required without input images", { aspect_ratio: undefined, aspectRatio: undefined }],
	),
	...of(
		['sora-2-pro-storyboard'],
		[
			"'Shots' can't be longer than 'Number of Frames' in total",
			{ shots: times(2, { Scene: 'a shot', duration: 6 }), n_frames: '10' },
		],
		["'Shots' can't be longer than 'Number of Frames' in total", { shots: times(2, { Scene: 'a shot', duration: 8 }) }],
	),
	...of(['sora-watermark-remover'], ["'Video URL' must start with https://sora.chatgpt.com", { video_url: file }]),
	...of(
		['veo-3-1'],
		[
			"'Generation Type' REFERENCE_2_VIDEO and FIRST_AND_LAST_FRAMES_2_VIDEO require input images",
			{ generation_type: 'FIRST_AND_LAST_FRAMES_2_VIDEO' },
		],
		[
			"'Generation Type' REFERENCE_2_VIDEO requires 'Duration' 8",
			{ generation_type: 'REFERENCE_2_VIDEO', image_urls: media(1), duration: 4 },
		],
		["'Generation Type' other than REFERENCE_2_VIDEO allows up to 2 input images", { image_urls: media(3) }],
	),
	...of(
		['veo3', 'veo3_fast', 'veo3_lite'],
		[
			"'Generation Type' REFERENCE_2_VIDEO and FIRST_AND_LAST_FRAMES_2_VIDEO require input images",
			{ generationType: 'FIRST_AND_LAST_FRAMES_2_VIDEO' },
		],
		[
			"'Generation Type' REFERENCE_2_VIDEO requires 'Duration' 8",
			{ generationType: 'REFERENCE_2_VIDEO', imageUrls: media(1), duration: 4 },
		],
		["'Generation Type' other than REFERENCE_2_VIDEO allows up to 2 input images", { imageUrls: media(3) }],
	),
	...of(
		['veo3'],
		[
			"'Generation Type' REFERENCE_2_VIDEO requires Veo 3.1 Fast or Lite",
			{ generationType: 'REFERENCE_2_VIDEO', imageUrls: media(1) },
		],
	),
	...of(
		['volcengine/video-to-video-lip-sync'],
		["'Scene Detection' requires 'Model Mode' basic", { open_scenedet: true, mode: 'lite' }],
		[
			"'Align Audio', 'Align Audio Reverse' and 'Template Start (Seconds)' require 'Model Mode' lite",
			{ align_audio: true, mode: 'basic' },
		],
		["'Align Audio Reverse' requires 'Align Audio'", { align_audio_reverse: true, align_audio: false }],
	),
	...of(
		wan3,
		['A prompt or an input file is required', { prompt: undefined }],
		[
			"First and last frame can't be combined with references",
			{ first_frame_url: file, reference_link_urls: media(1) },
		],
		["'Last Frame' requires 'First Frame'", { last_frame_url: file }],
		[
			"'Reference Files' and 'Reference Link URLs' can't be combined",
			{ reference_file_urls: media(1), reference_link_urls: media(1) },
		],
		["'Duration' must be -1 or at least 2", { duration: 1 }],
	),
	...of(
		['wan/2-7-image-to-video'],
		["Either 'First Frame' or 'First Clip' is required, not both", { first_clip_url: file }],
		["Either 'First Frame' or 'First Clip' is required, not both", { first_frame_url: undefined }],
	),
	...of(
		['wan/2-7-r2v'],
		['Reference images or videos are required', { reference_image: undefined }],
		['Reference images and videos can be up to 5 in total', { reference_image: media(3), reference_video: media(3) }],
	),
	...of(['wan/2-7-videoedit'], ["'Duration' must be 0 or at least 2", { duration: 1 }]),
	...of(['wan/2-2-a14b-speech-to-video-turbo'], ["'Num Frames' must be a multiple of 4", { num_frames: 42 }]),
];

const line = (text: string): Json => ({ text, voice: 'Rachel' });

const audio: Violation[] = [
	...of(
		['elevenlabs/text-to-speech-multilingual-v2'],
		["'Language Code' is not supported by this model", { language_code: 'en' }],
	),
	...of(
		['elevenlabs/text-to-dialogue-v3'],
		[
			"The lines of 'Dialogue' must be at most 5000 characters in total",
			{ dialogue: times(2, line('a'.repeat(2501))) },
		],
	),
	...of(
		[
			'google/gemini-3-8-flash-tts',
			'google/gemini-3-8-flash-lite-tts',
			'google/gemini-3-1-flash-tts',
			'google/gemini-2-5-pro-tts',
		],
		[
			"Each speaker in 'Dialogue Turns' must be one of 'Speakers'",
			{ dialogue_turns: [{ speaker_id: 'Speaker 9', text: 'Hello' }] },
		],
	),
];

export const violations: Violation[] = [...image, ...video, ...audio];
