import { compact, uniq, upperFirst } from 'lodash';

import type { Model, OperationForm } from '../catalogue/types';
import { asNumber } from '../json';
import type { Field } from './modelFields';
import { fieldsOf } from './modelFields';
import { sharedChoice } from './sharedFields';

/** From the lowest to the highest, as forms spell them. */
const RESOLUTIONS = ['360p', '480p', '512p', '540p', '580p', '720p', '768p', '1080p', '1K', '1.5K', '2K', '4K'];

function highestResolution(field?: Field): string | undefined {
	const offered = (field?.schema.enum ?? []).map((choice) => String(sharedChoice('resolution', choice)));
	return RESOLUTIONS.findLast((resolution) => offered.includes(resolution));
}

/** The durations of a model in seconds, such as `3 to 15 s` or `5 or 10 s`. */
function durations({ schema }: Field): string | undefined {
	const choices = compact((schema.enum ?? []).map((choice) => asNumber(choice)));
	const [first, last] = [choices[0], choices.at(-1)];
	if (choices.length > 3) return `${first} to ${last} s`;
	if (choices.length > 1) return `${choices.slice(0, -1).join(', ')} or ${last} s`;
	if (choices.length > 0) return `${first} s`;
	return schema.maximum === undefined ? undefined : `up to ${schema.maximum} s`;
}

/** What a model is for in an operation, in a few words: durations, highest resolution, files and sound, from its fields. */
export function describeModel(model: Model, form?: OperationForm): string {
	const fields = fieldsOf(model, form);
	const find = (parameter: string) => fields.find(({ parameters }) => parameters.includes(parameter));
	const has = (parameter: string, words: string) => (find(parameter) ? words : undefined);
	const [duration, images, resolution] = [find('duration'), find('image_urls'), highestResolution(find('resolution'))];
	const count = images?.schema.maxItems ?? 1;
	const references = uniq([
		has('reference_image_urls', 'images'),
		has('reference_video_urls', 'videos'),
		has('reference_audio_urls', 'audio'),
	]);
	const words = compact([
		model.about,
		duration && durations(duration),
		resolution && `up to ${resolution}`,
		has('last_frame_url', 'last frame'),
		count > 1 && `up to ${count} images`,
		compact(references).length > 1 && `references: ${compact(references).join(', ')}`,
		has('mask_url', 'mask'),
		fields.some(({ schema }) => schema.enum?.includes('transparent')) && 'transparent background',
		has('sound', 'sound'),
	]);
	const ratios = find('aspect_ratio')?.schema.enum?.length;
	if (words.length === 0 && ratios) words.push(`${ratios} aspect ratios`);
	return upperFirst(words.join(', '));
}
