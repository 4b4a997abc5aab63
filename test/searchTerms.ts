/** Search terms for n8n's node panel, by the node or nodes that they should find. */
export const searchTerms: Array<[nodes: string[], terms: string[]]> = [
	[
		['Kie Image', 'Kie Video', 'Kie Audio', 'Kie Suno', 'Kie Chat', 'Kie Chat Model', 'Kie Common', 'Kie Trigger'],
		['kie', 'kie.ai'],
	],
	[
		['Kie Image'],
		[
			...['generate image', 'text to image', 'image generation', 'edit image', 'remove background', 'nano banana'],
			...['flux', 'flux 2', 'kontext', 'seedream', 'gpt image', '4o image', 'midjourney', 'ideogram', 'recraft'],
			...['imagen', 'qwen', 'z-image'],
		],
	],
	[
		['Kie Video'],
		[
			...['generate video', 'text to video', 'image to video', 'video generation', 'lip sync', 'talking avatar'],
			...['veo', 'veo3', 'veo 3.1', 'kling', 'kling 3', 'kling 3.0', 'sora', 'sora 2', 'seedance', 'wan', 'hailuo'],
			...['runway', 'luma', 'infinitalk'],
		],
	],
	[
		['Kie Image', 'Kie Video'],
		['upscale', 'topaz'],
	],
	[['Kie Audio'], ['elevenlabs', 'text to speech', 'tts', 'speech to text', 'transcribe', 'sound effect', 'voice']],
	[['Kie Suno'], ['suno', 'music', 'song', 'lyrics', 'stems', 'wav']],
	[
		['Kie Chat', 'Kie Chat Model'],
		['gpt', 'claude', 'gemini', 'grok', 'deepseek', 'llm', 'chat'],
	],
	[['Kie Common'], ['credits', 'upload file', 'download file']],
	[['Kie Trigger'], ['webhook kie', 'kie webhook', 'callback']],
];

/**
 * The place of a node in n8n's panel where it is not among the first two: n8n's own nodes have these words in their
 * titles, or have them as aliases too and are raised by their popularity. An exact alias is the most that a node can do.
 */
export const laterInPanel: Record<string, number> = {
	wan: 3,
	qwen: 3,
	voice: 3,
	claude: 3,
	gemini: 3,
	transcribe: 4,
	llm: 4,
	tts: 5,
	chat: 7,
};
