import type { Schema, SharedField } from '../catalogue/types';
import { takesOneFile } from './label';

/** How forms show the fields that all models share. */

export const sharedLabels: Record<SharedField, string> = {
	aspect_ratio: 'Aspect Ratio',
	resolution: 'Resolution',
	duration: 'Duration (Seconds)',
	sound: 'Sound',
	image_urls: 'Images',
	first_frame_url: 'First Frame',
	last_frame_url: 'Last Frame',
	reference_image_urls: 'Reference Images',
	reference_video_urls: 'Reference Videos',
	reference_audio_urls: 'Reference Audio',
	style_image_urls: 'Style Images',
	video_urls: 'Videos',
	audio_url: 'Audio',
	mask_url: 'Mask',
};

/** The labels of models that take a single file. */
const singleLabels: Partial<Record<SharedField, string>> = {
	image_urls: 'Image',
	reference_image_urls: 'Reference Image',
	reference_video_urls: 'Reference Video',
	style_image_urls: 'Style Image',
	video_urls: 'Video',
};

/** The label of a shared field for a model, by the schema of the model's own field. */
export function sharedLabel(field: SharedField, schema: Schema): string {
	return (takesOneFile(schema) ? singleLabels[field] : undefined) ?? sharedLabels[field];
}

/** The label of a parameter that models share; of any other, its name. */
export function labelOf(name: string): string {
	return Object.entries(sharedLabels).find(([shared]) => shared === name)?.[1] ?? name;
}

/** The order of the shared fields in a form. */
export const sharedOrder: string[] = Object.keys(sharedLabels);

const SETTINGS: SharedField[] = ['aspect_ratio', 'resolution', 'duration', 'sound'];

/** Whether a shared field is a setting; all others are files. */
export function isSetting(field: SharedField): boolean {
	return SETTINGS.includes(field);
}

/** The shared settings that are lists of choices; a duration is a number. */
export const settingDescriptions: Partial<Record<SharedField, string>> = {
	aspect_ratio: 'Aspect ratio of the output',
	resolution: 'Resolution of the output',
	sound: 'Whether the video has sound',
};

/** Kie's other words for aspect ratios. */
const RATIOS = new Map([
	['adaptive', 'auto'],
	['landscape', '16:9'],
	['landscape_16_9', '16:9'],
	['landscape_21_9', '21:9'],
	['landscape_3_2', '3:2'],
	['landscape_4_3', '4:3'],
	['portrait', '9:16'],
	['portrait_16_9', '9:16'],
	['portrait_3_2', '2:3'],
	['portrait_4_3', '3:4'],
	['square_hd', '1:1'],
]);

/** Kie's other words for resolutions. */
const RESOLUTIONS = new Map([
	['pro', '1080p'],
	['std', '720p'],
	['720', '720p'],
	['1080', '1080p'],
]);

/** A choice of a shared setting in the one spelling that forms use for all models, such as 16:9 for landscape_16_9. */
export function sharedChoice(field: SharedField | undefined, choice: string | number): string | number {
	const text = String(choice).toLowerCase();
	if (field === 'aspect_ratio') return RATIOS.get(text) ?? text;
	if (field === 'resolution') return RESOLUTIONS.get(text) ?? text.replace(/k$/, 'K');
	return choice;
}

/** Kie's choice for a value of a shared setting: in its own spelling, or in that of the form. */
export function ownChoice(field: SharedField | undefined, { enum: choices = [] }: Schema, value: string | number) {
	return (
		choices.find((choice) => choice === value) ??
		choices.find((choice) => sharedChoice(field, choice) === sharedChoice(field, value))
	);
}
