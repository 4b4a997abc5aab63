import { omitBy, pick, uniqBy } from 'lodash';
import type { IExecuteFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { inputError } from '../api/inputError';
import { asObject, isObject, parseObject, shorten, toJson } from '../json';
import type { Json, JsonObject } from '../json';
import type { Model } from '../catalogue/types';
import { CUSTOM_MODEL } from '../form/operation';
import { BINARY_FIELD } from '../form/fieldParameter';
import { findModel, similarModels } from '../form/findModel';
import { formValues, isUnset, toBody, withSchemaScalars } from '../form/body';
import { isRenamed } from '../form/renamedParameters';
import { labelOf } from '../form/sharedFields';
import type { ValidationIssue } from '../form/checkInput';
import { checkInput } from '../form/checkInput';
import type { Field } from '../form/modelFields';
import { fieldsOf } from '../form/modelFields';
import { prepareMedia } from '../form/mediaFields';
import { guessMedia } from '../live/customModel';
import { checkModelId } from '../live/liveCatalogue';
import type { MediaNodeDefinition } from '../form/mediaNodeDefinition';
import type { RunOptions } from './runOptions';
import { readOptions } from './runOptions';
import type { CreateJob } from './job';
import { attempt } from './runErrors';
import { USING_JSON } from '../form/mediaParameters';
import { CREATE_ONLY } from '../form/optionParameters';

const SAVED_EARLIER = 'The node was saved with an earlier version. Set the field in the form again.';

const cannotTakeOver = (message: string) => `'Fallback Model' cannot take over: ${message}`;

/**
 * Reads the parameters of a media node's item. What is wrong with the input is in the job's `issues`.
 * @throws NodeOperationError for parameters without a valid job.
 */
export function readCreateJob(
	context: IExecuteFunctions,
	definition: MediaNodeDefinition,
	itemIndex: number,
): CreateJob {
	const operation = String(context.getNodeParameter('operation', itemIndex));
	const isCustom = operation === CUSTOM_MODEL;
	const name = isCustom ? 'customModelId' : 'model';
	const value = String(context.getNodeParameter(name, itemIndex, '', { extractValue: true })).trim();
	const selected = isCustom ? value : (findModel(definition.models, operation, value)?.id ?? value);
	const read = (id: string) =>
		isCustom
			? readCustom(context, definition, id, itemIndex)
			: readCatalogued(context, definition, operation, id, itemIndex);
	const options = readOptions(context, definition.timeLimitMinutes, itemIndex);
	const modelInput = read(selected);
	rejectRenamed(context, modelInput.form ?? [], itemIndex);
	const job = checkedJob(context, modelInput, options, itemIndex);
	const { fallbackModel } = options;
	if (fallbackModel === undefined || fallbackModel === selected) return job;
	const fallback = attemptFallback(context, itemIndex, () =>
		checkedJob(context, sharedInput(read(fallbackModel)), options, itemIndex),
	);
	return { ...job, fallback, issues: [...job.issues, ...fallback.issues.map(toFallbackIssue)] };
}

/** What is wrong with the input of the fallback model; no field of the selected model. */
function toFallbackIssue({ message }: ValidationIssue): ValidationIssue {
	return { field: '', message: cannotTakeOver(message) };
}

/** The input of a fallback model: the fields that it has too. */
function sharedInput(modelInput: ModelInput): ModelInput {
	const { model, raw } = modelInput;
	return model.isKnown ? { ...modelInput, raw: pick(raw, Object.keys(model.input.properties)) } : modelInput;
}

/** The job of the fallback model; an error says that it is about that model. */
function attemptFallback(context: IExecuteFunctions, itemIndex: number, read: () => CreateJob): CreateJob {
	const job = attempt(context, itemIndex, read);
	if (!(job instanceof NodeOperationError)) return job;
	job.message = cannotTakeOver(job.message);
	throw job;
}

/**
 * The job for an input, checked against what is known of its model: what is wrong with it is in `issues`.
 */
export function checkedJob(
	context: IExecuteFunctions,
	{ model, required, raw, labels }: ModelInput,
	options: RunOptions,
	itemIndex: number,
): CreateJob {
	const binaryFields = Object.keys(context.getInputData()[itemIndex]?.binary ?? {});
	const { body, binaries, issues } = prepareMedia(raw, model.input, model.media, binaryFields, labels);
	const allIssues = options.checkInput
		? firstOfEachField([...issues, ...checkInput(model, required, body, labels)])
		: [];
	// A model that the catalogue does not know may take anything in a field that looks like a file field.
	const relevant = model.isKnown ? allIssues : allIssues.filter(({ field }) => !(field in model.media));
	return {
		kind: 'create',
		itemIndex,
		model,
		body,
		binaries,
		input: model.input,
		media: model.media,
		issues: relevant,
		title: model.title,
		wait: options.mode !== CREATE_ONLY,
		options,
	};
}

function firstOfEachField(issues: ValidationIssue[]): ValidationIssue[] {
	return uniqBy(issues, ({ field, message }) => field || message);
}

/** The error of a job with issues: the first is the message, the others are in the description. */
export function issuesError(context: IExecuteFunctions, { title, issues, itemIndex }: CreateJob): NodeOperationError {
	const [first = '', ...others] = issues.map(({ message }) => message);
	const isLimit = issues.some((issue) => issue.isLimit);
	const advice = isLimit ? [`If ${title} now accepts this, turn off 'Check Input' in the options.`] : [];
	const description = [...others.map((message) => `${message}.`), ...advice].join(' ');
	return inputError(context.getNode(), first, itemIndex, description);
}

/** What was given for an item: the model, what it requires, and the input before it is checked. */
export interface ModelInput {
	model: CreateJob['model'] & Pick<Model, 'title' | 'input' | 'media' | 'rules'> & { isKnown: boolean };
	required: string[];
	raw: JsonObject;
	/** The labels of the form, by Kie's names. */
	labels?: Record<string, string>;
	/** The fields of the form, unless the input is JSON. */
	form?: Field[];
}

function readCatalogued(
	context: IExecuteFunctions,
	{ models }: MediaNodeDefinition,
	operation: string,
	id: string,
	itemIndex: number,
): ModelInput {
	const model = models.find((candidate) => candidate.id === id && operation in candidate.operations);
	if (!model) {
		const advice = "Choose a model from the list, or use the operation 'Custom Model' with its ID.";
		const similar = similarModels(models, operation, id).join(', ') || 'none';
		throw inputError(
			context.getNode(),
			// The similar ones are in the message, because n8n's AI Agent reads nothing else.
			`The operation does not support the model '${shorten(id, 100)}'. Similar models: ${similar}`,
			itemIndex,
			advice,
		);
	}
	const fields = fieldsOf(model, model.operations[operation]);
	const required = fields.filter((field) => field.required).map(({ name }) => name);
	const usesJson = context.getNodeParameter('specifyInput', itemIndex) === USING_JSON;
	const { fixed } = model.operations[operation] ?? {};
	const filled = usesJson
		? readInputJson(context, model, itemIndex)
		: toBody(fields, readForm(context, fields, itemIndex));
	return {
		model: { ...model, isKnown: true },
		required,
		labels: Object.fromEntries(fields.map(({ name, label }) => [name, label])),
		form: usesJson ? undefined : fields,
		raw: usesJson ? { ...fixed, ...filled } : { ...filled, ...fixed },
	};
}

function readCustom(
	context: IExecuteFunctions,
	{ models, usualSeconds }: MediaNodeDefinition,
	id: string,
	itemIndex: number,
): ModelInput {
	if (id === '') {
		const advice = "Choose a model from the list, or enter its ID as shown in Kie.ai's documentation.";
		throw inputError(context.getNode(), "'Model' is required", itemIndex, advice);
	}
	checkModelId(context.getNode(), id, itemIndex);
	const usesJson = context.getNodeParameter('specifyInput', itemIndex) === USING_JSON;
	const model = models.find((candidate) => candidate.id === id && candidate.api === undefined);
	const raw = usesJson ? readInputJson(context, model, itemIndex) : readMapped(context, itemIndex);
	if (model) return { model: { ...model, isKnown: true }, required: model.input.required ?? [], raw };
	const { input, media } = guessMedia(raw);
	return { model: { id, title: id, seconds: usualSeconds, input, media, isKnown: false }, required: [], raw };
}

/** The values of a filled form, by Kie's names: from the top level, otherwise from Additional Fields. */
export function readForm(context: IExecuteFunctions, fields: Field[], itemIndex: number): JsonObject {
	const additional = asObject(toJson(context.getNodeParameter('additionalFields', itemIndex, {})));
	const read = (name: string): Json =>
		toJson(context.getNodeParameter(name, itemIndex, null)) ?? additional[name] ?? null;
	for (const { name, label, parameters } of fields) {
		const [first = '', ...others] = parameters;
		if (read(first) === '' && !isUnset(additional[name])) {
			const message = `'${label}' is no longer one of the additional fields`;
			throw inputError(context.getNode(), message, itemIndex, SAVED_EARLIER);
		}
		const later = others.find((name) => !isUnset(read(name)));
		if (later !== undefined && isUnset(read(first)))
			throw inputError(context.getNode(), `'${labelOf(later)}' requires '${labelOf(first)}'`, itemIndex);
	}
	return formValues(fields, read);
}

/**
 * @throws NodeOperationError for a value that was saved under an earlier name of its parameter, as long as today's has what
 * new nodes begin with.
 */
function rejectRenamed(context: IExecuteFunctions, form: Field[], itemIndex: number): void {
	const read = (name: string): Json => toJson(context.getNodeParameter(name, itemIndex, null));
	for (const field of form.filter((candidate) => isRenamed(candidate, form))) {
		const { label, name, parameters, schema } = field;
		const [saved, today] = [read(name), read(parameters[0] ?? '')];
		const isNew = isUnset(today) || today === BINARY_FIELD;
		// A parameter of this name can hold a choice of another model.
		const isOwn = schema.enum?.some((choice) => String(choice) === String(saved)) ?? true;
		if (isUnset(saved) || saved === today || !isNew || !isOwn) continue;
		const message = `'${label}' has to be set again (it was ${shorten(String(saved), 100)})`;
		throw inputError(context.getNode(), message, itemIndex, SAVED_EARLIER);
	}
}

/** The values of the resource mapper that are set. */
function readMapped(context: IExecuteFunctions, itemIndex: number): JsonObject {
	const value: unknown = context.getNodeParameter('customInput.value', itemIndex, {});
	return isObject(value) ? omitBy(value, isUnset) : {};
}

/** The input in JSON, with numbers and text as the schema of the model has them. */
function readInputJson(context: IExecuteFunctions, model: Model | undefined, itemIndex: number): JsonObject {
	return asObject(withSchemaScalars({ properties: model?.input.properties }, readJson(context, itemIndex)));
}

/**
 * The input in JSON, without conversion.
 * @throws NodeOperationError if it is no JSON object.
 */
export function readJson(context: IExecuteFunctions, itemIndex: number): JsonObject {
	const value = toJson(context.getNodeParameter('inputJson', itemIndex));
	const input = parseObject(value);
	if (input) return input;
	const advice = 'Write it as { "prompt": "…" }, with the field names of Kie.ai\'s documentation.';
	throw inputError(context.getNode(), "'Input (JSON)' must be a JSON object", itemIndex, advice);
}
