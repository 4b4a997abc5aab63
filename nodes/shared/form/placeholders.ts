import type { MediaKind } from '../catalogue/types';

/** Examples in empty fields. n8n shows about 45 characters of one. */

/** What a prompt says in an operation. */
const PROMPTS: Record<string, string> = {
	avatar: 'e.g. A news anchor in a bright studio',
	dialogue: 'e.g. Two friends talk about their weekend',
	edit: 'e.g. Replace the background with a beach',
	extend: 'e.g. The camera rises over the city',
	generate: 'e.g. A red fox in fresh snow, golden hour',
	imageToVideo: 'e.g. The fox turns around and runs off',
	motionControl: 'e.g. A dancer on a stage, spotlights',
	referenceToVideo: 'e.g. The woman in image 1 walks the dog',
	separateLayers: 'e.g. The logo and the text',
	soundEffect: 'e.g. Thunder rolling over a quiet lake',
	storyboard: 'e.g. A day in the life of a red fox',
	textToSpeech: 'e.g. Welcome back to the show!',
	textToVideo: 'e.g. A drone shot over a foggy forest',
	videoToVideo: 'e.g. Turn day into night, add rain',
};

/** What other fields contain, by Kie's name. */
const FIELDS: Record<string, string> = {
	audio_profile: 'e.g. A calm woman in her forties',
	character_name: 'e.g. Captain Fox',
	character_prompt: 'e.g. A red fox that walks upright',
	character_user_name: 'e.g. captain.fox',
	descriptions: 'e.g. A red fox with a blue scarf',
	example_dialogue: 'e.g. Welcome back to the show!',
	hex: 'e.g. #C2D1E6',
	language_code: 'e.g. en',
	negative_prompt: 'e.g. blurry, text, watermark',
	next_text: 'e.g. And then it began to snow.',
	origin_task_id: 'e.g. 0a1b2c3d4e5f60718293a4b5c6d7e8f9',
	previous_text: 'e.g. It was a quiet night.',
	ratio: 'e.g. 23.51%',
	ref_name: 'e.g. fox',
	safety_instruction: 'e.g. weapons, brand logos',
	sample_context: 'e.g. Relaxed, a little amused',
	Scene: 'e.g. A red fox wakes up in fresh snow',
	scene: 'e.g. A kitchen late at night',
	speaker_id: 'e.g. Speaker 1',
	style: 'e.g. excited, out of breath',
	task_id: 'e.g. 0a1b2c3d4e5f60718293a4b5c6d7e8f9',
	taskId: 'e.g. 0a1b2c3d4e5f60718293a4b5c6d7e8f9',
	text: 'e.g. Did you hear that?',
	timestamps: 'e.g. 3.55,5.55',
	voice_description: 'e.g. Warm, deep and a little husky',
	watermark: 'e.g. Example Ltd',
	waterMark: 'e.g. Example Ltd',
};

const EXTENSIONS: Record<MediaKind, string> = { image: 'png', video: 'mp4', audio: 'mp3', file: 'pdf' };

/** An example of a file: the name of a binary field, or a URL. */
export function filePlaceholder(kind: MediaKind, isList: boolean): string {
	const url = `https://example.com/a.${EXTENSIONS[kind]}`;
	return isList ? `e.g. data, ${url}` : `e.g. data or ${url}`;
}

/** An example of a text field; undefined for one whose label says it all. */
export function textPlaceholder(name: string, operation = ''): string | undefined {
	const isPrompt = name === 'prompt' || name === 'text';
	return (
		(isPrompt ? PROMPTS[operation] : undefined) ?? FIELDS[name] ?? (name === 'prompt' ? PROMPTS.generate : undefined)
	);
}
