import { nonNegativeSeed, url } from '../fields';
import { countOf, isOneOf, isSet } from '../rules';
import type { Model, Schema } from '../types';

/** Effect templates by ID. */
const templates: Record<string, string> = {
	'412736208886848': 'Dive Into the Deep Blue of Love',
	'411563216524736': 'Skyline Track Flag',
	'411316927927040': 'Vibe Copines',
	'411174903569216': 'Crowd Focus',
	'410999246341952': 'Poke My Little Cutie',
	'408891141511104': 'Today Is My Birthday',
	'410317363057408': 'Mini Football Hero',
	'410285445698304': 'Magma Rise',
	'410133101388544': 'Cyber Armor: Reborn in the Rain',
	'409899296377728': 'Product Landmark',
	'408897485909952': 'Mini Football Pitch',
	'408869061406656': 'A Kick Through the World',
	'408661207662528': 'Small Town Footballer',
	'409767750265728': 'Crowned God in One Battle',
	'409766559675264': 'Thriller Dance Steps',
	'409589071559552': 'Dai Dai Dance',
	'407804339389760': 'Fluffy Chef',
	'407658863287616': 'Summer Postcard',
	'407474361215744': 'Inhaled Into Product Universe',
	'407473438360320': 'Fluffy Factory',
	'407467702283008': 'Surfing Summer',
	'385844572217469': 'Love Launcher',
	'406428904874432': 'Kitty Shop',
	'406423682060736': 'Courtyard Makeover Party',
	'406411724685760': 'Ski Joy',
	'406372274350528': 'Nail Lab',
	'406218913317312': 'Rhythm Dash',
	'406218479198656': 'Screen Killer King',
	'406064763308480': 'Dynamic Football Poster',
	'406413607395776': 'Football Live King!',
	'405662117814720': 'Trophy Breakthrough',
	'406014934000064': 'Post-Match Sharp Comment',
	'405658369331648': 'Stadium Legend',
	'405321470423488': 'Step by Step',
	'405175211454656': 'Superstar Lobby',
	'404955806201792': 'Post-Match Sharp Comment 2',
	'404820147974080': 'Top of the World',
	'398980393937856': 'The Last Hug',
	'403916646846400': 'My Future Has Infinite Possibilities',
	'403739217192896': 'Apex Dance',
	'403560060358144': 'Idol Ending Shot',
	'403556618212098': 'MotoGP Live',
	'398965022284579': 'Knee Slide',
	'402201060373270': 'Tunnel to Captain',
	'403085292466285': 'Golden Field Breaker',
	'402061828030966': 'Trophy Celebration',
	'402888569901524': 'Jump Into the Crowd 2',
	'402155676592228': 'World Champion Lift',
	'402047865383360': 'Sideline Ball Boy',
	'402046136040202': 'Epic Save',
};

const templatesOfTwo = ['412736208886848', '404820147974080', '398980393937856'];

/** Fields of all models but Extend. */
const pixverseFields: Record<string, Schema> = {
	prompt: { type: 'string', minLength: 3, maxLength: 5000, description: 'Description of the video; 3 to 5000 characters' },
	quality: { type: 'string', enum: ['360p', '540p', '720p', '1080p'], default: '720p', description: 'Output resolution' },
	duration: { type: 'integer', minimum: 1, maximum: 15, default: 5, description: 'Duration of the video in seconds' },
	generate_audio_switch: { type: 'boolean', default: false, description: 'Whether to generate audio' },
	seed: nonNegativeSeed,
};

export const pixverse: Model[] = [
	{
		id: 'pixverse-v6/text-to-video',
		title: 'PixVerse V6 - Text to Video',
		family: 'PixVerse',
		operations: { textToVideo: {} },
		seconds: 90,
		media: {},
		shared: { quality: 'resolution' },
		input: {
			required: ['prompt', 'aspect_ratio', 'quality', 'duration'],
			properties: {
				aspect_ratio: { type: 'string', enum: ['16:9', '4:3', '1:1', '3:4', '9:16', '2:3', '3:2', '21:9'], default: '16:9', description: 'Output aspect ratio' },
				...pixverseFields,
				generate_multi_clip_switch: { type: 'boolean', default: false, description: 'Whether to generate multiple shots' },
			},
		},
	},
	{
		id: 'pixverse-v6/image-to-video',
		title: 'PixVerse V6 - Image to Video',
		family: 'PixVerse',
		operations: { imageToVideo: {} },
		seconds: 90,
		media: { image_urls: 'image' },
		shared: { image_urls: 'first_frame_url', quality: 'resolution' },
		input: {
			required: ['prompt', 'image_urls', 'quality'],
			properties: {
				...pixverseFields,
				image_urls: { type: 'array', maxItems: 2, items: url, description: 'Start images of the video; JPEG, PNG or WebP; max 20 MB each; up to 2' },
				generate_multi_clip_switch: { type: 'boolean', default: false, description: 'Whether to generate multiple shots' },
				template_id: { type: 'string', enum: Object.keys(templates), enumNames: templates, description: 'Effect template; it sets the duration and the number of images' },
			},
		},
		rules: [
			{
				message: "'Duration (Seconds)' is required without 'Template ID'",
				holds: ({ template_id, duration }) => [template_id, duration].some(isSet),
			},
			{
				message: "'Duration (Seconds)' can't be combined with 'Template ID', which sets it",
				holds: ({ template_id, duration }) => ![template_id, duration].every(isSet),
			},
			{
				message: "This 'Template ID' requires 2 input images",
				holds: ({ template_id, image_urls }) => !isOneOf(template_id, ...templatesOfTwo) || countOf(image_urls) >= 2,
			},
			{
				message: "This 'Template ID' allows only 1 input image",
				holds: ({ template_id, image_urls }) => !isSet(template_id) || isOneOf(template_id, ...templatesOfTwo) || countOf(image_urls) <= 1,
			},
		],
	},
	{
		id: 'pixverse-v6/reference-to-video',
		title: 'PixVerse V6 - Reference to Video',
		family: 'PixVerse',
		operations: { referenceToVideo: {} },
		seconds: 90,
		media: { 'image_references[].image_url': 'image' },
		shared: { quality: 'resolution' },
		input: {
			required: ['prompt', 'image_references', 'aspect_ratio', 'quality', 'duration'],
			properties: {
				image_references: {
					type: 'array',
					minItems: 1,
					maxItems: 7,
					items: {
						type: 'object',
						required: ['image_url'],
						properties: {
							image_url: { type: 'string', format: 'uri', description: 'Reference image' },
							type: { type: 'string', enum: ['subject', 'background'], default: 'subject', description: 'Role of the image' },
							ref_name: { type: 'string', minLength: 1, maxLength: 30, description: 'Name that the prompt refers to as @name; must be unique' },
						},
					},
					description: 'Reference images with their names; 1 to 7',
				},
				aspect_ratio: { type: 'string', enum: ['16:9', '4:3', '1:1', '3:4', '9:16', '2:3', '3:2', '21:9'], default: '16:9', description: 'Output aspect ratio' },
				...pixverseFields,
			},
		},
	},
	{
		id: 'pixverse-v6/transition',
		title: 'PixVerse V6 - Transition',
		family: 'PixVerse',
		operations: { imageToVideo: {} },
		seconds: 90,
		media: { first_frame_image_url: 'image', last_frame_image_url: 'image' },
		shared: { quality: 'resolution' },
		input: {
			required: ['prompt', 'first_frame_image_url', 'last_frame_image_url', 'quality', 'duration'],
			properties: {
				...pixverseFields,
				first_frame_image_url: { type: 'string', format: 'uri', description: 'First frame of the video; JPEG, PNG or WebP; max 20 MB' },
				last_frame_image_url: { type: 'string', format: 'uri', description: 'Last frame of the video; JPEG, PNG or WebP; max 20 MB' },
			},
		},
	},
	{
		id: 'pixverse-v6/extend',
		title: 'PixVerse V6 - Extend',
		family: 'PixVerse',
		operations: { extend: {} },
		seconds: 90,
		media: { video_url: 'video' },
		shared: { quality: 'resolution' },
		input: {
			required: ['prompt', 'duration', 'quality'],
			properties: {
				prompt: { type: 'string', minLength: 3, maxLength: 5000, description: 'Description of the video; 3 to 5000 characters' },
				video_url: { type: 'string', format: 'uri', description: 'Video to extend' },
				duration: { type: 'integer', minimum: 1, maximum: 15, description: 'Duration of the video in seconds' },
				quality: { type: 'string', enum: ['360p', '540p', '720p', '1080p'], description: 'Output resolution' },
				generate_audio_switch: { type: 'boolean', description: 'Whether to generate audio' },
				seed: nonNegativeSeed,
				taskId: { type: 'string', description: 'ID of the task that generated the video, instead of Video' },
			},
		},
		rules: [
			{
				message: "Either 'Task ID' or 'Video' is required, not both",
				holds: ({ taskId, video_url }) => isSet(taskId) !== isSet(video_url),
			},
		],
	},
];
