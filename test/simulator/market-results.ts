import { randomBytes } from 'node:crypto';
import type { Json, JsonObject, ServedModel } from './types';

/** The results of the market's models. */

export interface MarketResult {
	/** Extensions of the files, in the order of their URLs. */
	files: string[];
	/** The content of `resultJson`. */
	result: (urls: string[]) => JsonObject;
}

/** The result of a task of this model for an input. */
export function resultOf(served: ServedModel, input: JsonObject): MarketResult {
	const special = specials[served.model.id]?.(input);
	return special ?? { files: filesOf(served, input), result: (resultUrls) => ({ resultUrls }) };
}

/** The models that return more than URLs, or something else. */
const specials: Record<string, (input: JsonObject) => MarketResult | undefined> = {
	'seedream/5-pro-layer-decomposition': (input) => ({
		files: [imageFormat(input), 'png', 'png', 'png'],
		result: (urls) => ({ resultUrls: urls, resultObject: { layers_data: urls.map(layer) } }),
	}),
	'grok-imagine-image-2-0/segment-map': () =>
		onlyData({ resultObject: { segments: [1, 2, 3].map((index) => ({ index })) } }),
	'omnihuman-1-5/human-identification': () => onlyData({ resultObject: { subject_status: 1 } }),
	// The URLs of masks have no extension.
	'omnihuman-1-5/subject-detection': () => ({
		files: ['', ''],
		result: (mask_urls) => ({ resultObject: { mask_urls } }),
	}),
	'sora-2-characters': character,
	'sora-2-characters-pro': character,
	'elevenlabs/speech-to-text': ({ diarize }) => onlyData({ resultObject: transcript(diarize !== false) }),
	'bytedance/seedance-2': bothFrames,
	'bytedance/seedance-2-fast': bothFrames,
	'bytedance/seedance-2-mini': bothFrames,
	'bytedance/seedance-2-5': (input) =>
		input.return_last_frame === true
			? {
					files: [movieFormat(input), 'jpg'],
					result: ([video, last]) => ({ resultUrls: list(video), lastFrameUrl: list(last) }),
				}
			: undefined,
};

const onlyData = (data: JsonObject): MarketResult => ({ files: [], result: () => data });

function character(): MarketResult {
	return onlyData({ character_id: `character_${randomBytes(6).toString('hex')}` });
}

function bothFrames({ return_last_frame: isRequested }: JsonObject): MarketResult | undefined {
	if (isRequested !== true) return undefined;
	return {
		files: ['mp4', 'jpg', 'jpg'],
		result: ([video, first, last]) => ({
			resultUrls: list(video),
			firstFrameUrl: list(first),
			lastFrameUrl: list(last),
		}),
	};
}

const list = (url: string | undefined): Json => (url === undefined ? [] : [url]);

function filesOf({ model, output }: ServedModel, input: JsonObject): string[] {
	if (output === 'video') return [movieFormat(input)];
	if (output === 'audio') return [soundFormat(model.id, input)];
	return Array<string>(resultCount(model.id, input)).fill(imageFormat(input));
}

const imageFormat = ({ output_format: format }: JsonObject): string =>
	typeof format === 'string' ? format.replace('jpeg', 'jpg') : 'png';

const movieFormat = ({ output_format: format }: JsonObject): string => (format === 'mov' ? 'mov' : 'mp4');

/** Gemini was observed to return WAV. How Kie names a sound effect that is not an MP3 is not known; here it is a WAV. */
function soundFormat(id: string, { output_format: format }: JsonObject): string {
	const wave = id.startsWith('google/') || (typeof format === 'string' && !format.startsWith('mp3'));
	return wave ? 'wav' : 'mp3';
}

function resultCount(id: string, input: JsonObject): number {
	if (id === 'grok-imagine/text-to-image') return 6;
	const requestedCount = input.num_images ?? input.max_images ?? input.n;
	if (requestedCount !== undefined) return Number(requestedCount);
	if (id.startsWith('wan/2-7-image')) return input.enable_sequential === true ? 12 : 4;
	return 1;
}

const layer = (url: string, index: number): Json => ({
	url,
	name: index === 0 ? 'base' : `layer ${index}`,
	description: index === 0 ? 'The image without its layers' : `Part ${index} of the image`,
	z_index: index,
	size: '192x128',
	bounding_box: {
		absolute: index === 0 ? [0, 0, 192, 128] : [16 * index, 16 * index, 16 * index + 48, 16 * index + 48],
	},
});

/** A short transcript, with an entry for each word and each gap. */
function transcript(diarize: boolean): JsonObject {
	const text = 'The quick brown fox jumps over the lazy dog.';
	const words = text.split(/( )/).map((part, index): Json => ({
		...(diarize && { speaker_id: 'speaker_0' }),
		start: index / 5,
		end: (index + 1) / 5,
		text: part,
		type: part === ' ' ? 'spacing' : 'word',
	}));
	return { language_code: 'eng', language_probability: 0.9916, words, text };
}
