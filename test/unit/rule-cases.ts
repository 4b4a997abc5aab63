import type { Rule } from '../../nodes/shared/catalogue/types';
import type { Json, JsonObject } from '../../nodes/shared/json';

/**
 * For a rule: inputs that follow it and inputs that break it, each as a patch of a model's minimal input. Written from
 * the facts in test/kie-api, independently of the predicates.
 */
export interface RuleCases {
	models: string[];
	message: string;
	accepted: Patch[];
	rejected: Patch[];
}

/** Changes to an input; `undefined` removes a field. */
export type Patch = Record<string, Json | undefined>;

const file = 'https://example.com/file';
const shot = (duration: number): Json => ({ prompt: 'a shot', duration });
const element = (files: number, fields: Record<string, Json> = {}): Json => ({
	name: 'cat',
	description: 'a cat',
	element_input_urls: Array<Json>(files).fill(file),
	...fields,
});
const imageSubject = element(2);
const videoSubject = element(1);
const times = (count: number, entry: Json): Json[] => Array<Json>(count).fill(entry);
const media = (count: number): Json[] => times(count, file);

const colors = times(3, { hex: '#C2D1E6', ratio: '23.51%' });
const segment = (start: number, ends: number): Json => ({ url: file, start, ends });
const scene = (duration: number): Json => ({ Scene: 'a shot', duration });
const line = (length: number): Json => ({ text: 'a'.repeat(length), voice: 'Rachel' });
const turn = (speaker: number): Json => ({ speaker_id: `Speaker ${speaker}`, text: 'Hello' });

/** PixVerse: effect templates for one and for two images. */
const oneImageTemplate = '411563216524736';
const twoImageTemplates = ['412736208886848', '404820147974080', '398980393937856'];

/** What an operation's minimal input needs beyond its required fields, for models with a choice of inputs. */
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

/** The cases of the rules of one model, or of several models that share them. */
const rulesOf = (models: string[], ...rules: Array<[message: string, accepted: Patch[], rejected: Patch[]]>): RuleCases[] =>
	rules.map(([message, accepted, rejected]) => ({ models, message, accepted, rejected: rejected }));

/** Both only name their patches. */
const accepts = (...patches: Patch[]): Patch[] => patches;
const rejects = (...patches: Patch[]): Patch[] => patches;

/** A field with each of some values. */
const eachValue = (field: string, values: Array<Json | undefined>, fields: Patch = {}): Patch[] => values.map((value) => ({ ...fields, [field]: value }));

const image: RuleCases[] = [
	...rulesOf(
		['gpt-image-2-text-to-image', 'gpt-image-2-image-to-image'],
		[
			"'Resolution' 2K doesn't support 'Aspect Ratio' 5:4, 4:5, 3:1, 1:3 or 9:21",
			accepts(...eachValue('aspect_ratio', ['1:1', '16:9', '21:9'], { resolution: '2K' }), { aspect_ratio: '5:4', resolution: '1K' }, { aspect_ratio: '5:4' }),
			eachValue('aspect_ratio', ['5:4', '4:5', '3:1', '1:3', '9:21'], { resolution: '2K' }),
		],
		[
			"'Resolution' 4K doesn't support 'Aspect Ratio' 1:1, 3:1, 1:3 or 9:21",
			accepts(...eachValue('aspect_ratio', ['5:4', '4:5', '16:9'], { resolution: '4K' }), { aspect_ratio: '3:1', resolution: '1K' }),
			eachValue('aspect_ratio', ['1:1', '3:1', '1:3', '9:21'], { resolution: '4K' }),
		],
		[
			"'Resolution' 2K and 4K require an 'Aspect Ratio' other than auto",
			accepts({ resolution: '1K' }, { resolution: '1K', aspect_ratio: 'auto' }, { aspect_ratio: 'auto' }, { resolution: '4K', aspect_ratio: '9:16' }),
			rejects({ resolution: '2K' }, { resolution: '4K', aspect_ratio: 'auto' }),
		],
		[
			"'Background' requires 'Resolution' 1K",
			accepts({ background: 'transparent' }, { background: 'opaque', resolution: '1K' }),
			eachValue('resolution', ['2K', '4K'], { background: 'transparent', aspect_ratio: '16:9' }),
		],
	),
	...rulesOf(
		['gpt-image-2-5-flare-text-to-image', 'gpt-image-2-5-flare-image-to-image', 'gpt-image-2-5-sunburst-text-to-image', 'gpt-image-2-5-sunburst-image-to-image'],
		[
			"'Aspect Ratio' 27:16, 16:27, 9:8 and 8:9 require 'Resolution' 1K",
			accepts({ aspect_ratio: '9:8', resolution: '1K' }, { aspect_ratio: '27:16' }, { aspect_ratio: '21:9', resolution: '4K' }),
			rejects(...eachValue('aspect_ratio', ['27:16', '16:27', '9:8', '8:9'], { resolution: '4K' }), { aspect_ratio: '9:8', resolution: '2K' }),
		],
	),
	...rulesOf(
		['4o-image-api'],
		['A prompt or input images are required', accepts({ prompt: 'a cat' }, { prompt: undefined, files_url: media(1) }), rejects({ prompt: undefined, files_url: undefined })],
	),
	...rulesOf(
		['gpt4o-image'],
		['A prompt or input images are required', accepts({ prompt: 'a cat' }, { prompt: undefined, filesUrl: media(1) }), rejects({ prompt: undefined, filesUrl: undefined })],
		[
			"'Mask' requires exactly one input image",
			accepts({ maskUrl: file, filesUrl: media(1) }, { filesUrl: media(2) }),
			rejects({ maskUrl: file, filesUrl: media(2) }, { maskUrl: file, filesUrl: undefined }),
		],
	),
	...rulesOf(
		['flux1-kontext'],
		[
			"'Safety Tolerance' must be at most 2 with an input image",
			accepts({ input_image: file, safety_tolerance: 2 }, { input_image: file }, { safety_tolerance: 6 }),
			rejects({ input_image: file, safety_tolerance: 3 }),
		],
	),
	...rulesOf(
		['flux-kontext-pro', 'flux-kontext-max'],
		[
			"'Safety Tolerance' must be at most 2 with an input image",
			accepts({ inputImage: file, safetyTolerance: 2 }, { inputImage: file }, { safetyTolerance: 6 }),
			rejects({ inputImage: file, safetyTolerance: 3 }),
		],
	),
	...rulesOf(
		['grok-imagine-image-2-0/segment-map'],
		[
			"Either 'Task ID' or 'Image' is required, not both",
			accepts({ task_id: 'task', image_url: undefined }, { task_id: undefined, image_url: file }),
			rejects({ task_id: 'task', image_url: file }, { task_id: undefined, image_url: undefined }),
		],
	),
	...rulesOf(
		['qwen2-1/text-to-image', 'qwen2-1/image-to-image'],
		[
			"'Background' transparent requires 'Output Format' png or webp",
			accepts(...eachValue('output_format', ['png', 'webp', undefined], { background: 'transparent' }), { background: 'opaque', output_format: 'jpeg' }),
			rejects({ background: 'transparent', output_format: 'jpeg' }),
		],
	),
	...rulesOf(
		['qwen2-1/image-to-image'],
		["'Mask' requires exactly one input image", accepts({ mask_url: file, image_urls: media(1) }, { image_urls: media(2) }), rejects({ mask_url: file, image_urls: media(2) })],
		[
			"'Mask' can't be combined with 'Background' transparent",
			accepts({ mask_url: file, background: 'opaque' }, { background: 'transparent' }),
			rejects({ mask_url: file, background: 'transparent' }),
		],
	),
	...rulesOf(
		['wan/2-7-image', 'wan/2-7-image-pro'],
		["'Number of Images' must be at most 4 without 'Enable Sequential'", accepts({ n: 4 }, { n: 12, enable_sequential: true }), rejects({ n: 5 }, { n: 5, enable_sequential: false })],
		[
			"'Thinking Mode' can't be combined with 'Enable Sequential' or input images",
			accepts({ thinking_mode: true }, { thinking_mode: false, enable_sequential: true, input_urls: media(1) }),
			rejects({ thinking_mode: true, input_urls: media(1) }, { thinking_mode: true, enable_sequential: true }),
		],
		[
			"'Color Palette' can't be combined with 'Enable Sequential'",
			accepts({ color_palette: colors }, { color_palette: colors, enable_sequential: false }, { enable_sequential: true }),
			rejects({ color_palette: colors, enable_sequential: true }),
		],
		["'Boxes' requires input images", accepts({ bbox_list: [[[0, 0, 10, 10]]], input_urls: media(1) }, { input_urls: media(1) }), rejects({ bbox_list: [[[0, 0, 10, 10]]], input_urls: undefined })],
		["'Boxes' must have one entry per input image", accepts({ bbox_list: [[[0, 0, 10, 10]], []], input_urls: media(2) }), rejects({ bbox_list: [[[0, 0, 10, 10]]], input_urls: media(2) })],
	),
	...rulesOf(
		['wan/2-7-image-pro'],
		[
			"'Resolution' 4K can't be combined with 'Enable Sequential' or input images",
			accepts({ resolution: '4K' }, { resolution: '2K', enable_sequential: true, input_urls: media(1) }),
			rejects({ resolution: '4K', enable_sequential: true }, { resolution: '4K', input_urls: media(1) }),
		],
	),
];

const seedance2 = ['bytedance/seedance-2', 'bytedance/seedance-2-fast', 'bytedance/seedance-2-mini'];
const wan3 = ['wan/3-0-video', 'wan/3-0-video-prime'];
const multiShots = { multi_shots: true, prompt: undefined };
const customShots = { customize_multi_shots: true, multi_prompt: [shot(3)] };
const withVideo = { video_urls: media(1), audio: false };
const onlyVideo = { ...withVideo, image_urls: undefined, aspect_ratio: 'auto' };

const video: RuleCases[] = [
	...rulesOf(
		[...seedance2, 'bytedance/seedance-2-5'],
		[
			'A prompt or an input file is required',
			accepts({ prompt: 'a cat' }, { prompt: undefined, first_frame_url: file }, { prompt: undefined, reference_video_urls: media(1) }, { prompt: undefined, reference_audio_urls: media(1) }),
			rejects({ prompt: undefined }, { prompt: undefined, web_search: true }),
		],
		[
			"First and last frame can't be combined with references",
			accepts({ first_frame_url: file, last_frame_url: file }, { reference_image_urls: media(1), reference_video_urls: media(1), reference_audio_urls: media(1) }),
			rejects(
				{ last_frame_url: file, reference_audio_urls: media(1) },
				{ first_frame_url: file, reference_audio_urls: media(1) },
				{ first_frame_url: file, last_frame_url: file, reference_image_urls: media(1) },
			),
		],
		["'Last Frame' requires 'First Frame'", accepts({ first_frame_url: file }, { first_frame_url: file, last_frame_url: file }), rejects({ last_frame_url: file })],
		["'Duration (Seconds)' must be -1 or at least 4", eachValue('duration', [-1, 4, 15]), eachValue('duration', [0, 1, 2, 3])],
	),
	...rulesOf(seedance2, [
		"'Web Search' can't be combined with input files",
		accepts({ web_search: true }, { web_search: false, first_frame_url: file }),
		rejects({ web_search: true, first_frame_url: file }, { web_search: true, reference_video_urls: media(1) }),
	]),
	...rulesOf(
		['gemini-omni-video', 'google/gemini-omni-flash-1-1'],
		[
			'Input images, characters and the input video, which counts as 2, can be up to 7 in total',
			accepts({ image_urls: media(7) }, { image_urls: media(3), character_ids: ['a', 'b'], video_list: [segment(0, 5)] }),
			rejects({ image_urls: media(4), character_ids: ['a', 'b'], video_list: [segment(0, 5)] }, { image_urls: media(7), character_ids: ['a'] }),
		],
		[
			"The segment in 'Video List' must end after its start, at most 10 seconds later",
			accepts({ video_list: [segment(0, 10)] }, { video_list: [segment(0, 0.1)] }),
			rejects({ video_list: [segment(5, 5)] }, { video_list: [segment(6, 5)] }, { video_list: [segment(5, 16)] }),
		],
	),
	...rulesOf(
		['google/gemini-omni-flash-1-1'],
		[
			"'First Frame' can't be combined with reference images, voices, characters or an input video",
			accepts({ first_frame_url: file, last_frame_url: file }, { image_urls: media(1), audio_ids: ['a'], character_ids: ['a'] }),
			rejects(
				{ first_frame_url: file, audio_ids: ['a'] },
				{ first_frame_url: file, image_urls: media(1) },
				{ first_frame_url: file, character_ids: ['a'] },
				{ first_frame_url: file, video_list: [segment(0, 5)] },
			),
		],
		["'Last Frame' requires 'First Frame'", accepts({ first_frame_url: file, last_frame_url: file }, { first_frame_url: file }), rejects({ last_frame_url: file })],
	),
	...rulesOf(
		['grok-imagine/image-to-video'],
		["Either 'Images' or 'Task ID' is required, not both", accepts({ image_urls: media(2) }, { image_urls: undefined, task_id: 'task' }), rejects({ task_id: 'task' }, { image_urls: undefined })],
		["'Model Mode' spicy requires 'Task ID' instead of 'Images'", accepts({ mode: 'spicy', image_urls: undefined, task_id: 'task' }, { mode: 'fun' }), rejects({ mode: 'spicy' })],
		[
			"'Resolution' 1080p allows up to 1 input image",
			accepts({ resolution: '1080p', image_urls: media(1) }, { resolution: '720p', image_urls: media(7) }),
			rejects({ resolution: '1080p', image_urls: media(2) }),
		],
	),
	...rulesOf(
		['grok-imagine-video-1-5-preview'],
		['A prompt or input images are required', accepts({ prompt: undefined, image_urls: media(1) }, { prompt: 'a cat' }), rejects({ prompt: undefined })],
		[
			"'Resolution' 1080p allows up to 1 input image",
			accepts({ resolution: '1080p' }, { resolution: '1080p', image_urls: media(1) }, { resolution: '720p', image_urls: media(7) }),
			rejects({ resolution: '1080p', image_urls: media(2) }),
		],
	),
	...rulesOf(
		['hailuo/2-3-image-to-video-pro', 'hailuo/2-3-image-to-video-standard'],
		[
			"'Resolution' 1080P can't be combined with 'Duration (Seconds)' 10",
			accepts({ resolution: '1080P', duration: '6' }, { resolution: '768P', duration: '10' }),
			rejects({ resolution: '1080P', duration: '10' }),
		],
	),
	...rulesOf(
		['kling-3.0/video'],
		["'Prompt' is required without 'Multi Shots'", accepts({ prompt: 'a cat' }, { ...multiShots, multi_prompt: [shot(5)] }), rejects({ prompt: undefined })],
		["'Shots' is required with 'Multi Shots'", accepts({ ...multiShots, multi_prompt: [shot(5)] }), rejects({ multi_shots: true }, { multi_shots: true, multi_prompt: [] })],
		["'Aspect Ratio' is required without input images", accepts({ aspect_ratio: undefined, image_urls: media(1) }, { aspect_ratio: '1:1' }), rejects({ aspect_ratio: undefined })],
		[
			"'Multi Shots' allows up to 1 input image",
			accepts({ ...multiShots, multi_prompt: [shot(5)], image_urls: media(1) }, { image_urls: media(2) }),
			rejects({ multi_shots: true, multi_prompt: [shot(5)], image_urls: media(2) }),
		],
		[
			"'Shots' can't be longer than 'Duration (Seconds)' in total",
			accepts({ ...multiShots, multi_prompt: [shot(2), shot(3)], duration: '5' }, { ...multiShots, multi_prompt: [shot(12), shot(3)], duration: '15' }, { multi_prompt: [shot(12)], duration: '5' }),
			rejects({ multi_shots: true, multi_prompt: [shot(3), shot(3)], duration: '5' }, { multi_shots: true, multi_prompt: [shot(12), shot(4)], duration: '15' }),
		],
		[
			'Input images are required if a prompt refers to an element',
			accepts({ prompt: 'a @cat', kling_elements: [imageSubject], image_urls: media(1) }, { prompt: 'a cat', kling_elements: [imageSubject] }, { prompt: 'mail@example.com' }),
			rejects({ prompt: 'a @cat', kling_elements: [imageSubject] }, { multi_shots: true, multi_prompt: [{ prompt: 'a @cat', duration: 3 }], kling_elements: [imageSubject] }),
		],
		[
			"The video segment in 'Kling Elements' must last 3000 to 8000 milliseconds",
			accepts(
				{ kling_elements: [element(1, { end_time: 3000 })] },
				{ kling_elements: [videoSubject] },
				{ kling_elements: [element(1, { start_time: 5000 })] },
				{ kling_elements: [element(1, { start_time: 2000, end_time: 10000 })] },
				{ kling_elements: [element(2, { start_time: 6000 })] },
			),
			rejects({ kling_elements: [element(1, { start_time: 6000 })] }, { kling_elements: [element(1, { end_time: 9000 })] }, { kling_elements: [videoSubject, element(1, { end_time: 2000 })] }),
		],
	),
	...rulesOf(
		['kling-3.0-omni/text-to-video'],
		[
			"'Shots' is required unless 'Customize Multi Shots' is off",
			accepts({ customize_multi_shots: false }, { customize_multi_shots: undefined, multi_prompt: [shot(3)] }, customShots),
			rejects({ customize_multi_shots: undefined }, { customize_multi_shots: true }),
		],
		["'Shots' requires 'Customize Multi Shots'", accepts(customShots, { multi_prompt: [] }), rejects({ multi_prompt: [shot(3)] })],
		[
			"'Prefer Multi Shots' requires 'Customize Multi Shots' to be off",
			accepts({ prefer_multi_shots: true }, { ...customShots, prefer_multi_shots: false }),
			rejects({ ...customShots, prefer_multi_shots: true }, { multi_prompt: [shot(3)], prefer_multi_shots: true, customize_multi_shots: undefined }),
		],
	),
	...rulesOf(
		['kling-3.0-omni/text-to-video', 'kling-3.0-omni/transformation'],
		["'Elements' can have up to 3 video subjects", accepts({ elements: times(3, videoSubject) }, { elements: times(7, imageSubject) }), rejects({ elements: times(4, videoSubject) })],
		[
			"'Elements' can have up to 4 image subjects with a video subject",
			accepts({ elements: [...times(3, videoSubject), ...times(4, imageSubject)] }, { elements: times(5, imageSubject) }),
			rejects({ elements: [videoSubject, ...times(5, imageSubject)] }),
		],
	),
	...rulesOf(
		['kling-3.0-omni/image-to-video', 'kling-3.0-omni/reference-to-video'],
		[
			"'Shots' is required with 'Customize Multi Shots'",
			accepts(customShots, { customize_multi_shots: undefined }),
			rejects({ customize_multi_shots: true }, { customize_multi_shots: true, multi_prompt: [] }),
		],
		["'Shots' requires 'Customize Multi Shots'", accepts(customShots, { multi_prompt: [] }), rejects({ multi_prompt: [shot(3)] }, { customize_multi_shots: undefined, multi_prompt: [shot(3)] })],
		[
			"'Customize Multi Shots' and 'Prefer Multi Shots' can't be combined",
			accepts(customShots, { prefer_multi_shots: true }, { ...customShots, prefer_multi_shots: false }),
			rejects({ ...customShots, prefer_multi_shots: true }),
		],
		[
			"The video segment in 'Elements' must last 3000 to 8000 milliseconds",
			accepts({ elements: [videoSubject] }, { elements: [element(1, { start_time: 2000, end_time: 10000 })] }, { elements: [element(1, { start_time: 5000 })] }),
			rejects({ elements: [element(1, { start_time: 2000, end_time: 12000 })] }, { elements: [element(1, { start_time: 6000 })] }),
		],
	),
	...rulesOf(
		['kling-3.0-omni/image-to-video'],
		[
			"'Aspect Ratio' other than auto requires 'Customize Multi Shots'",
			accepts({ aspect_ratio: 'auto' }, { ...customShots, aspect_ratio: '16:9' }),
			eachValue('aspect_ratio', ['16:9', '9:16', '1:1']),
		],
	),
	...rulesOf(
		['kling-3.0-omni/reference-to-video'],
		['Reference images or videos are required', accepts({ image_urls: media(1) }, onlyVideo), rejects({ image_urls: undefined })],
		["'Sound' must be off with a reference video", accepts(withVideo, { audio: true }), rejects({ video_urls: media(1) }, { video_urls: media(1), audio: true })],
		[
			"'Aspect Ratio' must be auto for a reference video without reference images",
			accepts(onlyVideo, { ...withVideo, aspect_ratio: '16:9' }),
			rejects({ ...onlyVideo, aspect_ratio: undefined }, { ...onlyVideo, aspect_ratio: '16:9' }),
		],
		[
			"'Aspect Ratio' auto requires a reference video without reference images",
			accepts(onlyVideo, { aspect_ratio: '9:16' }),
			rejects({ aspect_ratio: 'auto' }, { ...withVideo, aspect_ratio: 'auto' }),
		],
		[
			"'Prefer Multi Shots' can't be combined with a reference video",
			accepts({ prefer_multi_shots: true }, { ...withVideo, prefer_multi_shots: false }),
			rejects({ ...withVideo, prefer_multi_shots: true }),
		],
		[
			"'Elements' requires 'Customize Multi Shots' with a reference video",
			accepts({ ...withVideo, ...customShots, elements: [imageSubject] }, { ...withVideo, elements: [] }, { elements: [imageSubject] }),
			rejects({ ...withVideo, elements: [imageSubject] }),
		],
		[
			'Reference images and image subjects can be up to 7 in total',
			accepts({ image_urls: media(7) }, { image_urls: media(4), elements: times(3, imageSubject) }),
			rejects({ image_urls: media(7), elements: [imageSubject] }),
		],
		[
			'Reference images and image subjects can be up to 4 in total with a video',
			accepts({ ...withVideo, image_urls: media(4) }, { image_urls: media(3), elements: [videoSubject, imageSubject] }, { image_urls: media(5), elements: [videoSubject] }, { image_urls: media(5) }),
			rejects({ ...withVideo, image_urls: media(5) }, { image_urls: media(4), elements: [videoSubject, imageSubject] }),
		],
		["'Elements' can have up to 3 video subjects", accepts({ elements: times(3, videoSubject) }), rejects({ elements: times(4, videoSubject) })],
		[
			"'Elements' can have up to 1 video subject with a reference video",
			accepts({ ...onlyVideo, ...customShots, elements: [videoSubject] }, { elements: times(2, videoSubject) }),
			rejects({ ...onlyVideo, ...customShots, elements: times(2, videoSubject) }),
		],
		[
			"A video subject can't be combined with images and a reference video",
			accepts({ ...onlyVideo, ...customShots, elements: [videoSubject] }, { ...withVideo, ...customShots, elements: [imageSubject] }, { elements: [videoSubject] }),
			rejects({ ...withVideo, ...customShots, elements: [videoSubject] }, { ...onlyVideo, ...customShots, elements: [videoSubject, imageSubject] }),
		],
	),
	...rulesOf(
		['kling-3.0-omni/transformation'],
		["'Aspect Ratio' must be auto without reference images", accepts({ aspect_ratio: 'auto' }, {}, { aspect_ratio: '16:9', image_urls: media(1) }), eachValue('aspect_ratio', ['16:9', '9:16', '1:1'])],
		[
			"'Aspect Ratio' auto can't be combined with reference images",
			accepts({ aspect_ratio: 'auto' }, { aspect_ratio: '9:16', image_urls: media(1) }),
			rejects({ aspect_ratio: 'auto', image_urls: media(1) }),
		],
		["'Duration (Seconds)' requires reference images", accepts({ duration: '5', image_urls: media(1) }, { duration: undefined }), rejects({ duration: '5' })],
		[
			'Reference images and image subjects can be up to 4 in total',
			accepts({ image_urls: media(2), elements: times(2, imageSubject) }, { elements: times(7, imageSubject) }),
			rejects({ image_urls: media(2), elements: times(3, imageSubject) }),
		],
		[
			"A video subject can't be combined with reference images",
			accepts({ elements: [videoSubject] }, { image_urls: media(1), elements: [imageSubject] }),
			rejects({ image_urls: media(1), elements: [videoSubject] }),
		],
	),
	...rulesOf(['midjourney-video', 'midjourney-video-hd'], ["'First Frame' must be a single image", accepts({ fileUrls: media(1) }), rejects({ fileUrls: media(2) })]),
	...rulesOf(
		['minimax-h3/image-to-video'],
		['A first or last frame is required', accepts({ last_frame_url: file }, { last_frame_url: undefined, first_frame_url: file }), rejects({ last_frame_url: undefined })],
	),
	...rulesOf(
		['minimax-h3/reference-to-video'],
		[
			'Reference images or videos are required',
			accepts({ reference_video_urls: media(1) }, { reference_video_urls: undefined, reference_image_urls: media(1), reference_audio_urls: media(1) }),
			rejects({ reference_video_urls: undefined, reference_audio_urls: media(1) }),
		],
	),
	...rulesOf(
		['pixverse-v6/image-to-video'],
		["'Duration (Seconds)' is required without 'Template ID'", accepts({ duration: 5 }, { duration: undefined, template_id: oneImageTemplate }), rejects({ duration: undefined })],
		[
			"'Duration (Seconds)' can't be combined with 'Template ID', which sets it",
			accepts({ duration: undefined, template_id: oneImageTemplate }),
			rejects({ duration: 5, template_id: oneImageTemplate }),
		],
		[
			"This 'Template ID' requires 2 input images",
			accepts(...eachValue('template_id', twoImageTemplates, { duration: undefined, image_urls: media(2) }), { duration: undefined, template_id: oneImageTemplate }),
			eachValue('template_id', twoImageTemplates, { duration: undefined }),
		],
		[
			"This 'Template ID' allows only 1 input image",
			accepts({ duration: undefined, template_id: oneImageTemplate }, { image_urls: media(2) }),
			rejects({ duration: undefined, template_id: oneImageTemplate, image_urls: media(2) }),
		],
	),
	...rulesOf(
		['pixverse-v6/extend'],
		["Either 'Task ID' or 'Video' is required, not both", accepts({ video_url: file }, { video_url: undefined, taskId: 'task' }), rejects({ taskId: 'task' }, { video_url: undefined })],
	),
	...rulesOf(
		['runway', 'runway-own'],
		["'Resolution' 1080p can't be combined with 'Duration (Seconds)' 10", accepts({ quality: '1080p', duration: 5 }, { quality: '720p', duration: 10 }), rejects({ quality: '1080p', duration: 10 })],
	),
	...rulesOf(['runway'], ["'Aspect Ratio' is required without input images", accepts({ aspect_ratio: '1:1' }, { aspect_ratio: undefined, image_url: file }), rejects({ aspect_ratio: undefined })]),
	...rulesOf(['runway-own'], ["'Aspect Ratio' is required without input images", accepts({ aspectRatio: '1:1' }, { aspectRatio: undefined, imageUrl: file }), rejects({ aspectRatio: undefined })]),
	...rulesOf(
		['sora-2-pro-storyboard'],
		[
			"'Shots' can't be longer than 'Duration (Seconds)' in total",
			accepts({ shots: times(2, scene(5)), n_frames: '10' }, { shots: times(2, scene(12.5)), n_frames: '25' }, { shots: times(2, scene(7.5)), n_frames: undefined }),
			rejects({ shots: times(2, scene(6)), n_frames: '10' }, { shots: times(2, scene(8)), n_frames: undefined }),
		],
	),
	...rulesOf(
		['sora-watermark-remover'],
		[
			"'Video URL' must start with https://sora.chatgpt.com",
			accepts({ video_url: 'https://sora.chatgpt.com/p/s_1' }),
			rejects({ video_url: file }, { video_url: 'https://example.com/https://sora.chatgpt.com' }),
		],
	),
	...rulesOf(
		['veo-3-1'],
		[
			"'Generation Type' REFERENCE_2_VIDEO and FIRST_AND_LAST_FRAMES_2_VIDEO require input images",
			accepts(...eachValue('generation_type', ['REFERENCE_2_VIDEO', 'FIRST_AND_LAST_FRAMES_2_VIDEO'], { image_urls: media(1) }), { generation_type: 'TEXT_2_VIDEO' }, { generation_type: undefined }),
			eachValue('generation_type', ['REFERENCE_2_VIDEO', 'FIRST_AND_LAST_FRAMES_2_VIDEO']),
		],
		[
			"'Generation Type' REFERENCE_2_VIDEO requires 'Duration (Seconds)' 8",
			accepts(...eachValue('duration', [8, undefined], { generation_type: 'REFERENCE_2_VIDEO', image_urls: media(1) }), { duration: 4 }),
			eachValue('duration', [4, 6], { generation_type: 'REFERENCE_2_VIDEO', image_urls: media(1) }),
		],
		[
			"'Generation Type' other than REFERENCE_2_VIDEO allows up to 2 input images",
			accepts({ generation_type: 'REFERENCE_2_VIDEO', image_urls: media(3) }, { generation_type: 'FIRST_AND_LAST_FRAMES_2_VIDEO', image_urls: media(2) }),
			eachValue('generation_type', ['TEXT_2_VIDEO', 'FIRST_AND_LAST_FRAMES_2_VIDEO'], { image_urls: media(3) }),
		],
	),
	...rulesOf(
		['veo3', 'veo3_fast', 'veo3_lite'],
		[
			"'Generation Type' REFERENCE_2_VIDEO and FIRST_AND_LAST_FRAMES_2_VIDEO require input images",
			accepts({ generationType: 'FIRST_AND_LAST_FRAMES_2_VIDEO', imageUrls: media(1) }, { generationType: undefined }),
			rejects({ generationType: 'FIRST_AND_LAST_FRAMES_2_VIDEO' }, { generationType: 'REFERENCE_2_VIDEO' }),
		],
		[
			"'Generation Type' REFERENCE_2_VIDEO requires 'Duration (Seconds)' 8",
			accepts({ duration: 4 }, { duration: 6 }),
			eachValue('duration', [4, 6], { generationType: 'REFERENCE_2_VIDEO', imageUrls: media(1) }),
		],
		[
			"'Generation Type' other than REFERENCE_2_VIDEO allows up to 2 input images",
			accepts({ generationType: 'FIRST_AND_LAST_FRAMES_2_VIDEO', imageUrls: media(2) }),
			eachValue('generationType', ['TEXT_2_VIDEO', 'FIRST_AND_LAST_FRAMES_2_VIDEO'], { imageUrls: media(3) }),
		],
	),
	...rulesOf(
		['veo3_fast', 'veo3_lite'],
		["'Generation Type' REFERENCE_2_VIDEO requires 'Duration (Seconds)' 8", eachValue('duration', [8, undefined], { generationType: 'REFERENCE_2_VIDEO', imageUrls: media(3) }), []],
		["'Generation Type' other than REFERENCE_2_VIDEO allows up to 2 input images", accepts({ generationType: 'REFERENCE_2_VIDEO', imageUrls: media(3) }), []],
	),
	...rulesOf(
		['veo3'],
		[
			"'Generation Type' REFERENCE_2_VIDEO requires Veo 3.1 Fast or Lite",
			accepts({ generationType: 'TEXT_2_VIDEO' }, { generationType: undefined }),
			rejects({ generationType: 'REFERENCE_2_VIDEO', imageUrls: media(1) }),
		],
	),
	...rulesOf(
		['volcengine/video-to-video-lip-sync'],
		["'Scene Detection' requires 'Model Mode' basic", accepts({ open_scenedet: true, mode: 'basic' }, { open_scenedet: false, mode: 'lite' }), rejects({ open_scenedet: true, mode: 'lite' })],
		[
			"'Align Audio', 'Align Audio Reverse' and 'Template Start (Seconds)' require 'Model Mode' lite",
			accepts({ mode: 'lite', align_audio: true, align_audio_reverse: true, templ_start_seconds: 1 }, { mode: 'basic' }),
			rejects({ mode: 'basic', align_audio: true }, { mode: 'basic', align_audio_reverse: true }, { mode: 'basic', templ_start_seconds: 1 }),
		],
		[
			"'Align Audio Reverse' requires 'Align Audio'",
			accepts({ mode: 'lite', align_audio_reverse: true }, { mode: 'lite', align_audio_reverse: true, align_audio: true }, { mode: 'lite', align_audio_reverse: false, align_audio: false }),
			rejects({ align_audio_reverse: true, align_audio: false }),
		],
	),
	...rulesOf(
		wan3,
		[
			'A prompt or an input file is required',
			accepts({ prompt: 'a cat' }, { prompt: undefined, first_frame_url: file }, { prompt: undefined, reference_file_urls: media(1) }, { prompt: undefined, reference_link_urls: media(1) }),
			rejects({ prompt: undefined }),
		],
		[
			"First and last frame can't be combined with references",
			accepts({ first_frame_url: file, last_frame_url: file }, { reference_image_urls: media(1), reference_link_urls: media(1) }),
			rejects(
				{ last_frame_url: file, reference_link_urls: media(1) },
				{ first_frame_url: file, reference_image_urls: media(1) },
				{ first_frame_url: file, reference_video_urls: media(1) },
				{ first_frame_url: file, reference_file_urls: media(1) },
				{ first_frame_url: file, reference_link_urls: media(1) },
				{ first_frame_url: file, last_frame_url: file, reference_audio_urls: media(1) },
			),
		],
		["'Last Frame' requires 'First Frame'", accepts({ first_frame_url: file, last_frame_url: file }, { first_frame_url: file }), rejects({ last_frame_url: file })],
		[
			"'Reference File' and 'Reference Link URLs' can't be combined",
			accepts({ reference_file_urls: media(1) }, { reference_link_urls: media(1), reference_image_urls: media(1) }),
			rejects({ reference_file_urls: media(1), reference_link_urls: media(1) }),
		],
		["'Duration (Seconds)' must be -1 or at least 2", eachValue('duration', [-1, 2, 30]), eachValue('duration', [0, 1])],
	),
	...rulesOf(
		['wan/2-7-image-to-video'],
		[
			"Either 'First Frame' or 'Video' is required, not both",
			accepts({ first_frame_url: file }, { first_frame_url: undefined, first_clip_url: file }),
			rejects({ first_clip_url: file }, { first_frame_url: undefined }),
		],
	),
	...rulesOf(
		['wan/2-7-r2v'],
		['Reference images or videos are required', accepts({ reference_image: media(1) }, { reference_image: undefined, reference_video: media(1) }), rejects({ reference_image: undefined })],
		['Reference images and videos can be up to 5 in total', accepts({ reference_image: media(3), reference_video: media(2) }), rejects({ reference_image: media(3), reference_video: media(3) })],
	),
	...rulesOf(['wan/2-7-videoedit'], ["'Duration (Seconds)' must be 0 or at least 2", eachValue('duration', [0, 2, 10]), rejects({ duration: 1 })]),
	...rulesOf(['wan/2-2-a14b-speech-to-video-turbo'], ["'Num Frames' must be a multiple of 4", eachValue('num_frames', [40, 44, 120, undefined]), eachValue('num_frames', [41, 42, 119])]),
];

const audio: RuleCases[] = [
	...rulesOf(['elevenlabs/text-to-speech-multilingual-v2'], ["'Language Code' is not supported by this model", eachValue('language_code', [undefined, '']), rejects({ language_code: 'en' })]),
	...rulesOf(
		['elevenlabs/text-to-dialogue-v3'],
		["The lines of 'Dialogue' must be at most 5000 characters in total", accepts({ dialogue: times(2, line(2500)) }), rejects({ dialogue: times(2, line(2501)) })],
	),
	...rulesOf(
		['google/gemini-3-8-flash-tts', 'google/gemini-3-8-flash-lite-tts'],
		[
			"Each speaker in 'Dialogue Turns' must be one of 'Speakers'",
			accepts({
				speakers: [{ speaker_id: 'Speaker 1' }, { speaker_id: 'Speaker 2' }],
				dialogue_turns: [turn(2), turn(1), turn(2)],
			}),
			rejects({ dialogue_turns: [turn(9)] }, { dialogue_turns: [turn(1), turn(2)] }),
		],
	),
	...rulesOf(
		['google/gemini-3-1-flash-tts', 'google/gemini-2-5-pro-tts'],
		["Each speaker in 'Dialogue Turns' must be one of 'Speakers'", accepts({ dialogue_turns: [turn(1), turn(1)] }), rejects({ dialogue_turns: [turn(9)] }, { dialogue_turns: [turn(1), turn(2)] })],
	),
];

/** A song in custom mode by a version of Suno. */
export function customSong(model: string): Patch {
	const length = model.startsWith('V6') ? { duration: 60 } : {};
	return { customMode: true, instrumental: false, model, prompt: 'la la', style: 'pop', title: 'Song', ...length };
}

/** An extension with custom parameters by a version of Suno. */
export const customExtension = (model = 'V6'): Patch => ({
	defaultParamFlag: true,
	instrumental: false,
	model,
	prompt: 'la la',
	style: 'pop',
	title: 'Song',
	continueAt: 30,
});

const letters = (count: number): string => 'a'.repeat(count);

/** The rules of the Suno operations about versions, for a custom song or extension by a version. */
const promptLimit = (custom: (model: string) => Patch): [string, Patch[], Patch[]] => [
	"'Prompt' must be at most 3000 characters with V4",
	accepts({ ...custom('V4'), prompt: letters(3000) }, { ...custom('V5'), prompt: letters(5000) }),
	rejects({ ...custom('V4'), prompt: letters(3001) }),
];
const styleLimit = (custom: (model: string) => Patch): [string, Patch[], Patch[]] => [
	"'Style' must be at most 200 characters with V4",
	accepts({ ...custom('V4'), style: letters(200) }, { ...custom('V4_5'), style: letters(1000) }),
	rejects({ ...custom('V4'), style: letters(201) }),
];
const titleLimit = (custom: (model: string) => Patch): [string, Patch[], Patch[]] => [
	"'Title' must be at most 80 characters with V4 and V4.5 All",
	accepts({ ...custom('V4'), title: letters(80) }, ...['V4_5', 'V5', 'V6'].map((model) => ({ ...custom(model), title: letters(100) }))),
	['V4', 'V4_5ALL'].map((model) => ({ ...custom(model), title: letters(81) })),
];
const personaModels = (custom: (model: string) => Patch): [string, Patch[], Patch[]] => [
	"'Persona Model' requires V5, V5.5 or V6",
	['V5', 'V5_5', 'V6', 'V6_WILD'].map((model) => ({
		...custom(model),
		personaId: 'persona',
		personaModel: 'style_persona',
	})),
	['V4', 'V4_5', 'V4_5ALL'].map((model) => ({ ...custom(model), personaModel: 'style_persona' })),
];
const durations: [string, Patch[], Patch[]] = [
	"'Duration (Seconds)' requires 'Custom Mode' and V5.5 or V6",
	['V5_5', 'V6', 'V6_MINI'].map((model) => ({ ...customSong(model), duration: 360 })),
	rejects({ duration: 60 }, { ...customSong('V5'), duration: 60 }),
];
const customPersona: [string, Patch[], Patch[]] = [
	"'Persona ID' requires 'Custom Mode'",
	accepts({ ...customSong('V5'), personaId: 'persona' }, { personaId: undefined }),
	rejects({ personaId: 'persona' }),
];
const extensionPersona: [string, Patch[], Patch[]] = [
	"'Persona ID' requires 'Use Custom Parameters'",
	accepts({ ...customExtension(), personaId: 'persona' }, { personaId: undefined }),
	rejects({ personaId: 'persona' }),
];
const simplePrompt = (limit: number): [string, Patch[], Patch[]] => [
	`'Prompt' must be at most ${limit} characters without 'Custom Mode'`,
	accepts({ prompt: letters(limit) }, { ...customSong('V6'), prompt: letters(limit + 1) }),
	rejects({ prompt: letters(limit + 1) }),
];

const suno: RuleCases[] = [
	...rulesOf(
		['suno/generate-music'],
		simplePrompt(3000),
		[
			"'Prompt' and 'Lyrics' must be at most 3000 characters with V4",
			accepts({ ...customSong('V4'), prompt: letters(3000), lyrics: letters(3000) }, { ...customSong('V6'), prompt: letters(5000), lyrics: letters(5000) }),
			rejects({ ...customSong('V4'), prompt: letters(3001) }, { ...customSong('V4'), lyrics: letters(3001) }),
		],
		styleLimit(customSong),
		customPersona,
		personaModels(customSong),
		durations,
		["'Vocal Gender' requires 'Custom Mode'", accepts({ ...customSong('V6'), vocalGender: 'm' }), rejects({ vocalGender: 'm' })],
	),
	...rulesOf(
		['suno/extend-music'],
		[
			"'Prompt' and 'Vocal Gender' can't be combined with 'Instrumental'",
			accepts({ ...customExtension(), vocalGender: 'f' }, { ...customExtension(), instrumental: true, prompt: undefined }),
			rejects({ ...customExtension(), instrumental: true }, { ...customExtension(), instrumental: true, prompt: undefined, vocalGender: 'f' }),
		],
		promptLimit(customExtension),
		styleLimit(customExtension),
		titleLimit(customExtension),
		extensionPersona,
		personaModels(customExtension),
	),
	...rulesOf(['suno/upload-and-cover-audio'], simplePrompt(500), promptLimit(customSong), styleLimit(customSong), titleLimit(customSong), customPersona, personaModels(customSong), durations),
	...rulesOf(['suno/upload-and-extend-audio'], promptLimit(customExtension), styleLimit(customExtension), titleLimit(customExtension), extensionPersona, personaModels(customExtension)),
	...rulesOf(['suno/generate-mashup'], simplePrompt(500), promptLimit(customSong), styleLimit(customSong), durations),
	...rulesOf(
		['suno/replace-section'],
		[
			"'Infill End' must be at least 10 seconds after 'Infill Start'",
			accepts({ infillStartS: 30.3, infillEndS: 40.3 }, { infillStartS: 0, infillEndS: 100 }),
			rejects({ infillStartS: 20, infillEndS: 10 }, { infillStartS: 10.5, infillEndS: 20.49 }),
		],
	),
	...rulesOf(
		['suno/separate-vocals'],
		["'Stem Name' is required with 'Type' split_stem_advanced", accepts({ type: 'split_stem_advanced', stemName: '808' }, { type: 'split_stem' }), rejects({ type: 'split_stem_advanced' })],
	),
	...rulesOf(
		['suno/generate-persona'],
		[
			"'Vocal End' must be 10 to 30 seconds after 'Vocal Start'",
			accepts(
				{ vocalStart: 0.1, vocalEnd: 30.1 },
				{ vocalStart: 20, vocalEnd: 30 },
				{ vocalStart: undefined, vocalEnd: undefined },
				{ vocalStart: 20, vocalEnd: undefined },
				{ vocalStart: undefined, vocalEnd: 10 },
			),
			rejects({ vocalStart: 25, vocalEnd: undefined }, { vocalStart: 0, vocalEnd: 30.5 }, { vocalStart: undefined, vocalEnd: 9 }),
		],
	),
	...rulesOf(
		['suno/suno-voice-validate'],
		[
			"'Vocal End' must be after 'Vocal Start'",
			accepts({ vocalStartS: 5, vocalEndS: 6 }, { vocalStartS: 0, vocalEndS: 60 }),
			rejects({ vocalStartS: 5, vocalEndS: 5 }, { vocalStartS: 6, vocalEndS: 5 }),
		],
	),
];

export const ruleCases: RuleCases[] = [...image, ...video, ...audio, ...suno];

/** The cases of a rule of a model. */
export function casesOf(id: string, { message }: Rule): Pick<RuleCases, 'accepted' | 'rejected'> {
	const modelCases = ruleCases.filter((cases) => cases.models.includes(id) && cases.message === message);
	return { accepted: modelCases.flatMap(({ accepted }) => accepted), rejected: modelCases.flatMap(({ rejected }) => rejected) };
}

/** The fields of an input that a rule reads. */
export function fieldsReadBy({ holds }: Rule, input: JsonObject): string[] {
	const names: string[] = [];
	const get = (target: JsonObject, name: string): Json | undefined => {
		names.push(name);
		return target[name];
	};
	holds(new Proxy(input, { get }));
	return names;
}
