import type { IExecuteFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { isObject } from '../json';
import type { Json, JsonObject } from '../json';
import type { Model } from '../catalogue/types';
import { CUSTOM_MODEL } from '../form/operation';
import { isUnset, toBody } from '../form/body';
import type { Issue } from '../form/checkInput';
import { checkInput } from '../form/checkInput';
import { fieldsOf } from '../form/modelFields';
import { prepareMedia } from '../form/mediaFields';
import { guessMedia } from '../live/customModel';
import { adapters } from '../adapters';
import type { MediaNodeDefinition } from '../form/mediaNodeDefinition';
import type { RunOptions } from './runOptions';
import { readOptions } from './runOptions';
import type { CreateJob } from './job';
import { CREATE_AND_WAIT, CREATE_ONLY, USING_JSON } from '../form/mediaParameters';

/**
 * Reads the parameters of a media node's item.
 * @throws NodeOperationError that names every field that is wrong, its limit and the item.
 */
export function readCreateJob(
	context: IExecuteFunctions,
	definition: MediaNodeDefinition,
	itemIndex: number,
): CreateJob {
	const operation = String(context.getNodeParameter('operation', itemIndex));
	const modelInput =
		operation === CUSTOM_MODEL
			? readCustom(context, definition, itemIndex)
			: readCatalogued(context, definition, operation, itemIndex);
	return checkedJob(context, modelInput, readOptions(context, definition.timeLimitMinutes, itemIndex), itemIndex);
}

/**
 * The job for an input, once it is checked against what is known of its model.
 * @throws NodeOperationError that names every field that is wrong, its limit and the item.
 */
export function checkedJob(
	context: IExecuteFunctions,
	{ model, required, raw }: ModelInput,
	options: RunOptions,
	itemIndex: number,
): CreateJob {
	const binaryFields = Object.keys(context.getInputData()[itemIndex]?.binary ?? {});
	const { body, binaries, issues } = prepareMedia(raw, model.input, model.media, binaryFields);
	const found = options.checkInput ? firstOfEachField([...issues, ...checkInput(model, required, body)]) : [];
	// A model that the catalogue does not know may take anything in a field that looks like a file field.
	const relevant = model.known ? found : found.filter(({ field }) => !(field in model.media));
	if (relevant.length > 0) throw inputError(context, model.title, relevant, itemIndex);

	const { callback } = adapters[model.api ?? 'market'];
	return {
		kind: 'create',
		itemIndex,
		model,
		body,
		binaries,
		input: model.input,
		media: model.media,
		wait: context.getNodeParameter('executionMode', itemIndex, CREATE_AND_WAIT) !== CREATE_ONLY,
		options: callback || options.waitUsing !== 'callback' ? options : { ...options, waitUsing: 'polling' },
	};
}

function firstOfEachField(issues: Issue[]): Issue[] {
	return issues.filter(
		({ field }, index) => field === '' || issues.findIndex((other) => other.field === field) === index,
	);
}

function inputError(context: IExecuteFunctions, title: string, issues: Issue[], itemIndex: number): NodeOperationError {
	const [first, ...more] = issues.map(({ message }) => message);
	const advice = issues.some(({ isLimit }) => isLimit)
		? [`If ${title} takes it by now, switch off 'Check Input' in the options.`]
		: [];
	return new NodeOperationError(context.getNode(), `${first} [item ${itemIndex}]`, {
		itemIndex,
		description: [...more.map((message) => `${message}.`), 'Nothing was sent to Kie.ai for this item.', ...advice].join(
			' ',
		),
	});
}

/** What was given for an item: the model, what it requires, and the input before it is checked. */
export interface ModelInput {
	model: CreateJob['model'] & Pick<Model, 'title' | 'input' | 'media' | 'rules'> & { known: boolean };
	required: string[];
	raw: JsonObject;
}

function readCatalogued(
	context: IExecuteFunctions,
	{ models }: MediaNodeDefinition,
	operation: string,
	itemIndex: number,
): ModelInput {
	const id = String(context.getNodeParameter('model', itemIndex));
	const model = models.find((candidate) => candidate.id === id && operation in candidate.operations);
	if (!model) {
		throw new NodeOperationError(
			context.getNode(),
			`The operation does not offer the model '${id}' [item ${itemIndex}]`,
			{
				itemIndex,
				description: "Choose a model from the list, or use the operation 'Custom Model' with its ID.",
			},
		);
	}
	const fields = fieldsOf(model, model.operations[operation]);
	const required = fields.filter((field) => field.required).map(({ name }) => name);
	const usesJson = context.getNodeParameter('specifyInput', itemIndex) === USING_JSON;
	const { fixed } = model.operations[operation] ?? {};
	const filled = usesJson ? readJson(context, itemIndex) : toBody(fields, readForm(context, required, itemIndex));
	return {
		model: { ...model, known: true },
		required,
		raw: usesJson ? { ...fixed, ...filled } : { ...filled, ...fixed },
	};
}

function readCustom(
	context: IExecuteFunctions,
	{ models, usualSeconds }: MediaNodeDefinition,
	itemIndex: number,
): ModelInput {
	const id = String(context.getNodeParameter('customModelId', itemIndex, '', { extractValue: true })).trim();
	if (id === '') {
		throw new NodeOperationError(context.getNode(), `'Model' is required [item ${itemIndex}]`, {
			itemIndex,
			description: 'Pick a model from the list, or give its ID as the pages of Kie.ai show it.',
		});
	}
	const usesJson = context.getNodeParameter('specifyInput', itemIndex) === USING_JSON;
	const raw = usesJson ? readJson(context, itemIndex) : readMapped(context, itemIndex);
	const known = models.find((candidate) => candidate.id === id && candidate.api === undefined);
	if (known) return { model: { ...known, known: true }, required: known.input.required ?? [], raw };
	const { input, media } = guessMedia(raw);
	return { model: { id, title: id, seconds: usualSeconds, input, media, known: false }, required: [], raw };
}

/** The values of a filled form: required fields from the top level, the others from Additional Fields. */
export function readForm(context: IExecuteFunctions, required: string[], itemIndex: number): JsonObject {
	const additional = toJson(context.getNodeParameter('additionalFields', itemIndex, {}));
	const values: JsonObject = isObject(additional) ? additional : {};
	for (const name of required) values[name] = toJson(context.getNodeParameter(name, itemIndex, null));
	return values;
}

/** The values of the resource mapper, without what is left empty. */
function readMapped(context: IExecuteFunctions, itemIndex: number): JsonObject {
	const value: unknown = context.getNodeParameter('customInput.value', itemIndex, {});
	if (!isObject(value)) return {};
	return Object.fromEntries(Object.entries(value).filter(([, inner]) => !isUnset(inner)));
}

export function readJson(context: IExecuteFunctions, itemIndex: number): JsonObject {
	const given: unknown = context.getNodeParameter('inputJson', itemIndex);
	const value: unknown = typeof given === 'string' ? parse(given) : given;
	if (isObject(value)) return value;
	throw new NodeOperationError(context.getNode(), `'Input (JSON)' has to be a JSON object [item ${itemIndex}]`, {
		itemIndex,
		description: 'Write it as { "prompt": "…" }, with the field names of the Kie.ai pages. Nothing was sent.',
	});
}

function parse(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return undefined;
	}
}

/** A parameter value as JSON; what is none (a Date from an expression) as its text. */
function toJson(value: unknown): Json {
	if (value === undefined) return null;
	const json: Json = JSON.parse(JSON.stringify(value) ?? 'null');
	return json;
}
