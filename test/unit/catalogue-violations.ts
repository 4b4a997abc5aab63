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
			"'Resolution' 2K can't make the 'Aspect Ratio' 5:4, 4:5, 3:1, 1:3 or 9:21",
			{ resolution: '2K', aspect_ratio: '5:4' },
		],
		["'Resolution' 4K can't make the 'Aspect Ratio' 1:1, 3:1, 1:3 or 9:21", { resolution: '4K', aspect_ratio: '1:1' }],
		["'Resolution' 2K and 4K need an 'Aspect Ratio' other than auto", { resolution: '2K' }],
		["'Resolution' 2K and 4K need an 'Aspect Ratio' other than auto", { resolution: '4K', aspect_ratio: 'auto' }],
		[
			"'Background' can be set only with the 'Resolution' 1K",
			{ background: 'transparent', resolution: '2K', aspect_ratio: '16:9' },
		],
	),
	...of(
		[
			'gpt-image-2-5-flare-text-to-image',
			'gpt-image-2-5-flare-image-to-image',
			'gpt-image-2-5-sunburst-text-to-image',
			'gpt-image-2-5-sunburst-image-to-image',
		],
		[
			"'Aspect Ratio' 27:16, 16:27, 9:8 and 8:9 can be made only with the 'Resolution' 1K",
			{ aspect_ratio: '9:8', resolution: '4K' },
		],
	),
	...of(['4o-image-api'], ['A prompt or input pictures are needed', { prompt: undefined, files_url: undefined }]),
	...of(
		['gpt4o-image'],
		['A prompt or input pictures are needed', { prompt: undefined, filesUrl: undefined }],
		["'Mask' needs exactly one input picture", { maskUrl: file, filesUrl: media(2) }],
		["'Mask' needs exactly one input picture", { maskUrl: file, filesUrl: undefined }],
	),
	...of(
		['flux1-kontext'],
		["'Safety Tolerance' goes up to 2 with an input picture", { input_image: file, safety_tolerance: 3 }],
	),
	...of(
		['flux-kontext-pro', 'flux-kontext-max'],
		["'Safety Tolerance' goes up to 2 with an input picture", { inputImage: file, safetyTolerance: 3 }],
	),
	...of(
		['grok-imagine-image-2-0/segment-map'],
		["Either 'Task ID' or 'Image' is needed, not both", { task_id: 'task', image_url: file }],
		["Either 'Task ID' or 'Image' is needed, not both", { task_id: undefined, image_url: undefined }],
	),
	...of(
		['qwen2-1/text-to-image', 'qwen2-1/image-to-image'],
		[
			"'Background' transparent needs the 'Output Format' png or webp",
			{ background: 'transparent', output_format: 'jpeg' },
		],
	),
	...of(
		['qwen2-1/image-to-image'],
		["'Mask' needs exactly one input picture", { mask_url: file, image_urls: media(2) }],
		["'Mask' can't be used with the 'Background' transparent", { mask_url: file, background: 'transparent' }],
	),
	...of(
		['wan/2-7-image', 'wan/2-7-image-pro'],
		["'Number of Images' goes up to 4 without 'Enable Sequential'", { n: 5 }],
		[
			"'Thinking Mode' works only without 'Enable Sequential' and without input pictures",
			{ thinking_mode: true, input_urls: media(1) },
		],
		[
			"'Thinking Mode' works only without 'Enable Sequential' and without input pictures",
			{ thinking_mode: true, enable_sequential: true },
		],
		[
			"'Color Palette' works only without 'Enable Sequential'",
			{ color_palette: times(3, { hex: '#C2D1E6', ratio: '23.51%' }), enable_sequential: true },
		],
		["'Boxes' needs input pictures", { bbox_list: [[[0, 0, 10, 10]]], input_urls: undefined }],
		["'Boxes' needs one entry for each input picture", { bbox_list: [[[0, 0, 10, 10]]], input_urls: media(2) }],
	),
	...of(
		['wan/2-7-image-pro'],
		[
			"'Resolution' 4K works only without 'Enable Sequential' and without input pictures",
			{ resolution: '4K', enable_sequential: true },
		],
		[
			"'Resolution' 4K works only without 'Enable Sequential' and without input pictures",
			{ resolution: '4K', input_urls: media(1) },
		],
	),
];

const seedance2 = ['bytedance/seedance-2', 'bytedance/seedance-2-fast', 'bytedance/seedance-2-mini'];
const wan3 = ['wan/3-0-video', 'wan/3-0-video-prime'];

const video: Violation[] = [
	...of(
		[...seedance2, 'bytedance/seedance-2-5'],
		['A prompt or an input file is needed', { prompt: undefined, web_search: true }],
		[
			"First and last frame can't be combined with reference files",
			{ first_frame_url: file, reference_audio_urls: media(1) },
		],
		["'Last Frame' needs 'First Frame'", { last_frame_url: file }],
		["'Duration' can't be 0 to 3", { duration: 3 }],
	),
	...of(seedance2, ["'Web Search' works only without input files", { web_search: true, first_frame_url: file }]),
	...of(
		['gemini-omni-video', 'google/gemini-omni-flash-1-1'],
		[
			'Input pictures, characters and the input video, which counts as two, can be up to 7 together',
			{ image_urls: media(4), character_ids: ['a', 'b'], video_list: [{ url: file, start: 0, ends: 5 }] },
		],
		[
			"The part of a video in 'Video List' has to end after its start, up to 10 seconds later",
			{ video_list: [{ url: file, start: 5, ends: 5 }] },
		],
		[
			"The part of a video in 'Video List' has to end after its start, up to 10 seconds later",
			{ video_list: [{ url: file, start: 5, ends: 16 }] },
		],
	),
	...of(
		['google/gemini-omni-flash-1-1'],
		[
			"'First Frame' can't be combined with reference pictures, voices, characters or an input video",
			{ first_frame_url: file, audio_ids: ['a'] },
		],
		["'Last Frame' needs 'First Frame'", { last_frame_url: file }],
	),
	...of(
		['grok-imagine/image-to-video'],
		["Either 'Images' or 'Task ID' is needed, not both", { task_id: 'task' }],
		["Either 'Images' or 'Task ID' is needed, not both", { image_urls: undefined }],
		["'Model Mode' spicy needs 'Task ID' instead of 'Images'", { mode: 'spicy' }],
		["'Resolution' 1080p takes up to 1 input picture", { resolution: '1080p', image_urls: media(2) }],
	),
	...of(
		['grok-imagine-video-1-5-preview'],
		['A prompt or input pictures are needed', { prompt: undefined }],
		["'Resolution' 1080p takes up to 1 input picture", { resolution: '1080p', image_urls: media(2) }],
	),
	...of(
		['hailuo/2-3-image-to-video-pro', 'hailuo/2-3-image-to-video-standard'],
		["'Resolution' 1080P can't have the 'Duration' 10", { resolution: '1080P', duration: '10' }],
	),
	...of(
		['kling-3.0/video'],
		["'Prompt' is needed without 'Multi Shots'", { prompt: undefined }],
		["'Shots' is needed with 'Multi Shots'", { multi_shots: true }],
		["'Shots' is needed with 'Multi Shots'", { multi_shots: true, multi_prompt: [] }],
		["'Aspect Ratio' is needed without input pictures", { aspect_ratio: undefined }],
		["'Multi Shots' takes up to 1 input picture", { multi_shots: true, multi_prompt: [shot(5)], image_urls: media(2) }],
		[
			"The 'Shots' can't be longer than 'Duration' together",
			{ multi_shots: true, multi_prompt: [shot(3), shot(3)], duration: '5' },
		],
		['Input pictures are needed where a prompt names an element', { prompt: 'a @cat', kling_elements: [ofPictures] }],
		[
			'Input pictures are needed where a prompt names an element',
			{ multi_shots: true, multi_prompt: [{ prompt: 'a @cat', duration: 3 }], kling_elements: [ofPictures] },
		],
		[
			"The part of a video of 'Kling Elements' has to last 3000 to 8000 milliseconds",
			{ kling_elements: [element(1, { start_time: 6000 })] },
		],
	),
	...of(
		['kling-3.0-omni/text-to-video'],
		["'Shots' is needed unless 'Customize Multi Shots' is off", { customize_multi_shots: undefined }],
		["'Shots' works only with 'Customize Multi Shots'", { multi_prompt: [shot(3)] }],
		[
			"'Prefer Multi Shots' needs 'Customize Multi Shots' to be off",
			{ prefer_multi_shots: true, customize_multi_shots: true, multi_prompt: [shot(3)] },
		],
	),
	...of(
		['kling-3.0-omni/text-to-video', 'kling-3.0-omni/transformation'],
		["'Elements' can have up to 3 subjects made from a video", { elements: times(4, ofVideo) }],
		[
			"'Elements' can have up to 4 subjects made from pictures next to one made from a video",
			{ elements: [ofVideo, ...times(5, ofPictures)] },
		],
	),
	...of(
		['kling-3.0-omni/image-to-video', 'kling-3.0-omni/reference-to-video'],
		["'Shots' is needed with 'Customize Multi Shots'", { customize_multi_shots: true }],
		["'Shots' works only with 'Customize Multi Shots'", { multi_prompt: [shot(3)] }],
		[
			"'Customize Multi Shots' and 'Prefer Multi Shots' exclude each other",
			{ customize_multi_shots: true, multi_prompt: [shot(3)], prefer_multi_shots: true },
		],
		[
			"The part of a video of 'Elements' has to last 3000 to 8000 milliseconds",
			{ elements: [element(1, { start_time: 2000, end_time: 12000 })] },
		],
	),
	...of(
		['kling-3.0-omni/image-to-video'],
		["'Aspect Ratio' other than auto needs 'Customize Multi Shots'", { aspect_ratio: '16:9' }],
	),
	...of(
		['kling-3.0-omni/reference-to-video'],
		['Reference pictures or a reference video are needed', { image_urls: undefined }],
		["'Audio' has to be off with a reference video", { video_urls: media(1) }],
		[
			"'Aspect Ratio' has to be auto for a reference video without pictures",
			{ image_urls: undefined, video_urls: media(1), audio: false },
		],
		["'Aspect Ratio' auto works only for a reference video without pictures", { aspect_ratio: 'auto' }],
		[
			"'Prefer Multi Shots' works only without a reference video",
			{ video_urls: media(1), audio: false, prefer_multi_shots: true },
		],
		[
			"'Elements' needs 'Customize Multi Shots' with a reference video",
			{ video_urls: media(1), audio: false, elements: [ofPictures] },
		],
		[
			'Reference pictures and subjects made from pictures can be up to 7 together',
			{ image_urls: media(7), elements: [ofPictures] },
		],
		[
			'Reference pictures and subjects made from pictures can be up to 4 together next to a video',
			{ image_urls: media(5), video_urls: media(1) },
		],
		[
			'Reference pictures and subjects made from pictures can be up to 4 together next to a video',
			{ image_urls: media(4), elements: [ofVideo, ofPictures] },
		],
		["'Elements' can have up to 3 subjects made from a video", { elements: times(4, ofVideo) }],
		[
			"'Elements' can have up to 1 subject made from a video next to a reference video",
			{ video_urls: media(1), elements: times(2, ofVideo) },
		],
		[
			"A subject made from a video can't be combined with pictures next to a reference video",
			{ video_urls: media(1), elements: [ofVideo] },
		],
	),
	...of(
		['kling-3.0-omni/transformation'],
		["'Aspect Ratio' has to be auto without reference pictures", { aspect_ratio: '16:9' }],
		["'Aspect Ratio' auto works only without reference pictures", { aspect_ratio: 'auto', image_urls: media(1) }],
		["'Duration' needs reference pictures", { duration: '5' }],
		[
			'Reference pictures and subjects made from pictures can be up to 4 together',
			{ image_urls: media(2), elements: times(3, ofPictures) },
		],
		[
			"A subject made from a video can't be combined with reference pictures",
			{ image_urls: media(1), elements: [ofVideo] },
		],
	),
	...of(['midjourney-video', 'midjourney-video-hd'], ["'Files' takes 1 picture", { fileUrls: media(2) }]),
	...of(['minimax-h3/image-to-video'], ['A first or a last frame is needed', { last_frame_url: undefined }]),
	...of(
		['minimax-h3/reference-to-video'],
		[
			'Reference pictures or reference videos are needed',
			{ reference_video_urls: undefined, reference_audio_urls: media(1) },
		],
	),
	...of(
		['pixverse-v6/image-to-video'],
		["'Duration' is needed without 'Template ID'", { duration: undefined }],
		["'Duration' can't be set with 'Template ID', which sets it", { template_id: '411563216524736' }],
		["This 'Template ID' needs 2 input pictures", { duration: undefined, template_id: '412736208886848' }],
		[
			"This 'Template ID' takes 1 input picture",
			{ duration: undefined, template_id: '411563216524736', image_urls: media(2) },
		],
	),
	...of(
		['pixverse-v6/extend'],
		["Either 'Task ID' or 'Video' is needed, not both", { taskId: 'task' }],
		["Either 'Task ID' or 'Video' is needed, not both", { video_url: undefined }],
	),
	...of(
		['runway', 'runway-own'],
		["'Quality' 1080p can't have the 'Duration' 10", { quality: '1080p', duration: 10 }],
		["'Aspect Ratio' is needed without an input picture", { aspect_ratio: undefined, aspectRatio: undefined }],
	),
	...of(
		['sora-2-pro-storyboard'],
		[
			"The 'Shots' can't be longer than 'Number of Frames' together",
			{ shots: times(2, { Scene: 'a shot', duration: 6 }), n_frames: '10' },
		],
		[
			"The 'Shots' can't be longer than 'Number of Frames' together",
			{ shots: times(2, { Scene: 'a shot', duration: 8 }) },
		],
	),
	...of(['sora-watermark-remover'], ["'Video URL' has to begin with https://sora.chatgpt.com", { video_url: file }]),
	...of(
		['veo-3-1'],
		[
			"'Generation Type' REFERENCE_2_VIDEO and FIRST_AND_LAST_FRAMES_2_VIDEO need input pictures",
			{ generation_type: 'FIRST_AND_LAST_FRAMES_2_VIDEO' },
		],
		[
			"'Generation Type' REFERENCE_2_VIDEO needs the 'Duration' 8",
			{ generation_type: 'REFERENCE_2_VIDEO', image_urls: media(1), duration: 4 },
		],
		["'Generation Type' other than REFERENCE_2_VIDEO takes up to 2 input pictures", { image_urls: media(3) }],
	),
	...of(
		['veo3', 'veo3_fast', 'veo3_lite'],
		[
			"'Generation Type' REFERENCE_2_VIDEO and FIRST_AND_LAST_FRAMES_2_VIDEO need input pictures",
			{ generationType: 'FIRST_AND_LAST_FRAMES_2_VIDEO' },
		],
		[
			"'Generation Type' REFERENCE_2_VIDEO needs the 'Duration' 8",
			{ generationType: 'REFERENCE_2_VIDEO', imageUrls: media(1), duration: 4 },
		],
		["'Generation Type' other than REFERENCE_2_VIDEO takes up to 2 input pictures", { imageUrls: media(3) }],
	),
	...of(
		['veo3'],
		[
			"'Generation Type' REFERENCE_2_VIDEO works only with Veo 3.1 Fast and Lite",
			{ generationType: 'REFERENCE_2_VIDEO', imageUrls: media(1) },
		],
	),
	...of(
		['volcengine/video-to-video-lip-sync'],
		["'Scene Detection' works only with the 'Model Mode' basic", { open_scenedet: true, mode: 'lite' }],
		[
			"'Align Audio', 'Align Audio Reverse' and 'Template Start (Seconds)' work only with the 'Model Mode' lite",
			{ align_audio: true, mode: 'basic' },
		],
		["'Align Audio Reverse' needs 'Align Audio'", { align_audio_reverse: true, align_audio: false }],
	),
	...of(
		wan3,
		['A prompt or an input file is needed', { prompt: undefined }],
		[
			"First and last frame can't be combined with references",
			{ first_frame_url: file, reference_link_urls: media(1) },
		],
		["'Last Frame' needs 'First Frame'", { last_frame_url: file }],
		[
			"'Reference Files' and 'Reference Link URLs' exclude each other",
			{ reference_file_urls: media(1), reference_link_urls: media(1) },
		],
		["'Duration' can't be 0 or 1", { duration: 1 }],
	),
	...of(
		['wan/2-7-image-to-video'],
		["Either 'First Frame' or 'First Clip' is needed, not both", { first_clip_url: file }],
		["Either 'First Frame' or 'First Clip' is needed, not both", { first_frame_url: undefined }],
	),
	...of(
		['wan/2-7-r2v'],
		['Reference pictures or reference videos are needed', { reference_image: undefined }],
		[
			'Reference pictures and reference videos can be up to 5 together',
			{ reference_image: media(3), reference_video: media(3) },
		],
	),
	...of(['wan/2-7-videoedit'], ["'Duration' can't be 1", { duration: 1 }]),
	...of(['wan/2-2-a14b-speech-to-video-turbo'], ["'Num Frames' has to be a multiple of 4", { num_frames: 42 }]),
];

const line = (text: string): Json => ({ text, voice: 'Rachel' });

const audio: Violation[] = [
	...of(
		['elevenlabs/text-to-speech-multilingual-v2'],
		["'Language Code' doesn't work with this model", { language_code: 'en' }],
	),
	...of(
		['elevenlabs/text-to-dialogue-v3'],
		["The lines of 'Dialogue' can have up to 5000 characters together", { dialogue: times(2, line('a'.repeat(2501))) }],
	),
	...of(
		[
			'google/gemini-3-8-flash-tts',
			'google/gemini-3-8-flash-lite-tts',
			'google/gemini-3-1-flash-tts',
			'google/gemini-2-5-pro-tts',
		],
		[
			"The speaker of every line of 'Dialogue Turns' has to be one of 'Speakers'",
			{ dialogue_turns: [{ speaker_id: 'Speaker 9', text: 'Hello' }] },
		],
	),
];

export const violations: Violation[] = [...image, ...video, ...audio];
