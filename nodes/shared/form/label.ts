import { upperFirst } from 'lodash';

import type { MediaKind, Schema } from '../catalogue/types';

const SPELLINGS = new Map([
	['cfg', 'CFG'],
	['cn', 'CN'],
	['gif', 'GIF'],
	['hd', 'HD'],
	['id', 'ID'],
	['ids', 'IDs'],
	['jpeg', 'JPEG'],
	['jpg', 'JPG'],
	['json', 'JSON'],
	['mov', 'MOV'],
	['mp3', 'MP3'],
	['mp4', 'MP4'],
	['ms', '(Milliseconds)'],
	['nsfw', 'NSFW'],
	['pcm', 'PCM'],
	['png', 'PNG'],
	['tts', 'TTS'],
	['url', 'URL'],
	['urls', 'URLs'],
	['webp', 'WebP'],
]);
const SMALL_WORDS = ['a', 'and', 'for', 'in', 'of', 'or', 'the', 'to', 'with'];

/** Fields whose API name is unclear, or the name of one of the node's own parameters. */
const LABELS = new Map([
	['bbox_list', 'Boxes'],
	['duration', 'Duration (Seconds)'],
	['mask_indexs', 'Segments'],
	['mode', 'Model Mode'],
	['multi_prompt', 'Shots'],
	['n', 'Number of Images'],
	['n_frames', 'Number of Frames'],
	['nVariants', 'Number of Variants'],
	['num_images', 'Number of Images'],
	['open_scenedet', 'Scene Detection'],
	['ow', 'Omni Reference Weight'],
	['pe_fast_mode', 'Fast Prompt Mode'],
	['templ_start_seconds', 'Template Start (Seconds)'],
	['waterMark', 'Watermark'],
]);

/** Longer than all of Kie's names. */
const MAX_LENGTH = 100;

function splitName(name: string): string[] {
	return name
		.slice(0, MAX_LENGTH)
		.replace(/([a-z0-9])([A-Z])/g, '$1 $2')
		.split(/[\s_]+/)
		.filter(Boolean)
		.map((word) => word.toLowerCase());
}

function titleCase(parts: string[]): string {
	return parts
		.map((word, index) => {
			if (index > 0 && SMALL_WORDS.includes(word)) return word;
			return SPELLINGS.get(word) ?? upperFirst(word);
		})
		.join(' ');
}

/** Whether a file field takes no more than one file, if Kie wants it in a list or not. */
export const takesOneFile = ({ type, maxItems }: Schema): boolean => type !== 'array' || maxItems === 1;

/** The label of a field: its own title, or its API name in Title Case. A file field is named after the file, not its URL. */
export function fieldLabel(name: string, schema: Schema, media?: MediaKind): string {
	if (schema.title) return schema.title;
	const fixedLabel = LABELS.get(name);
	if (fixedLabel) return fixedLabel;
	if (!media) return titleCase(splitName(name));
	const parts = splitName(name).filter((word) => word !== 'url' && word !== 'urls');
	const saysKind = parts.length > 0 && parts.at(-1) !== 'input';
	const label = titleCase(saysKind ? parts : [...parts.slice(-1), media]);
	return takesOneFile(schema) || label.endsWith('s') ? label : `${label}s`;
}

/** The label of a choice: ratios, sizes and versions as they are, words in Title Case. */
export function choiceLabel(value: string | number): string {
	const name = String(value);
	if (name.length > MAX_LENGTH || !/^[A-Za-z][A-Za-z0-9]*([_ -][A-Za-z0-9]+)*$/.test(name)) return name;
	const spelled = /^[A-Z_]+$/.test(name) ? name.toLowerCase() : name;
	const label = titleCase(splitName(spelled.replace(/-/g, '_')));
	return label.replace(/ (\d{1,2}) (\d{1,2})$/, ' $1:$2');
}
