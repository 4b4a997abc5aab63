import { uniq } from 'lodash';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Model } from '../catalogue/types';
import { describeModel } from './modelDescription';
import { fieldsOf } from './modelFields';
import { compareNatural } from '../compareNatural';
import { modelFormProperties } from './formParameters';

/** Words at the end of a title that say no more than the operation. */
const IMPLIED: Record<string, string[]> = {
	avatar: ['Speech to Video', 'From Audio', 'Lip Sync'],
	edit: ['Edit', 'Image Edit', 'Image to Image'],
	extend: ['Extend', 'Image to Video'],
	generate: ['Text to Image'],
	imageToVideo: ['Image to Video'],
	motionControl: ['Motion Control'],
	referenceToVideo: ['Reference to Video'],
	segment: ['Segment Map'],
	separateLayers: ['Layer Decomposition'],
	removeBackground: ['Remove Background'],
	reframe: ['Reframe'],
	textToVideo: ['Text to Video'],
	upscale: ['Image Upscale', 'Upscale', 'Video Upscale'],
	videoToVideo: ['Video Edit', 'Video to Video'],
};

/** The name of a model in the list of an operation, without what the operation says already. */
export function modelName({ title, status }: Model, operation: string): string {
	const implied = IMPLIED[operation]?.find((words) => title.endsWith(` - ${words}`));
	const name = (implied ? title.slice(0, -implied.length - 3) : title).replace(' - ', ' ');
	return status ? `${name} (${status})` : name;
}

/** Whether new nodes offer a model. Others run in saved workflows. */
export const isOffered = ({ status }: Model): boolean => status !== 'Retired' && status !== 'Old Version';

/** A number that is higher for newer models of a family: its generation, or the first number of its title. */
function generationOf({ generation, title }: Model): number {
	return generation ?? Number(/\d+(\.\d+)?/.exec(title)?.[0] ?? 0);
}

const isLegacy = ({ api }: Model) => api !== undefined && api !== 'market';

/** Family by family, the newest model first; what may no longer work and other APIs of the same model come last. */
function compareModels(a: Model, b: Model, families: string[]): number {
	const rank = ({ family }: Model) => (families.includes(family) ? families.indexOf(family) : families.length);
	return (
		Number(!!a.status) - Number(!!b.status) ||
		rank(a) - rank(b) ||
		compareNatural(a.family, b.family) ||
		Number(isLegacy(a)) - Number(isLegacy(b)) ||
		generationOf(b) - generationOf(a) ||
		compareNatural(a.title, b.title)
	);
}

function toOption(model: Model, operation: string): INodePropertyOptions {
	const option: INodePropertyOptions = { name: modelName(model, operation), value: model.id };
	const description = describeModel(model, model.operations[operation]);
	if (description !== '') option.description = description;
	return option;
}

/** The Model list of an operation. */
function modelList(models: Model[], operation: string, { presets, families }: ModelOrder): INodeProperties {
	const supporting = models.filter((model) => operation in model.operations);
	const current = supporting.filter(isOffered);
	const offered = (current.length > 0 ? current : supporting).sort((a, b) => compareModels(a, b, families));
	const options = offered.map((model) => toOption(model, operation));
	const preset = presets[operation] ?? offered[0]?.id ?? '';
	return {
		displayName: 'Model',
		name: 'model',
		type: 'options',
		default: preset,
		description: "The model to use. To set it with an expression, set 'Specify Input' to 'Using JSON'.",
		options,
		displayOptions: { show: { operation: [operation] } },
	};
}

/** What the lists of models begin with. */
export interface ModelOrder {
	/** The default model of each operation. */
	presets: Record<string, string>;
	/** The families that users look for, the best known first. */
	families: string[];
}

/**
 * The parameters of a catalogue: the Model list of each operation, the fields of each model, and Additional Fields.
 */
export function catalogueProperties(
	models: Model[],
	order: ModelOrder,
): { modelLists: INodeProperties[]; fields: INodeProperties[] } {
	const operations = uniq(models.flatMap((model) => Object.keys(model.operations)));
	const forms = models.flatMap((model) =>
		Object.entries(model.operations).map(([operation, form]) => ({
			shown: { operation: [operation], model: [model.id] },
			fields: fieldsOf(model, form),
		})),
	);
	return {
		modelLists: operations.map((operation) => modelList(models, operation, order)),
		fields: modelFormProperties(forms),
	};
}
