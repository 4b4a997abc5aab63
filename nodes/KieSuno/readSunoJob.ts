import { has, snakeCase } from 'lodash';
import type { IExecuteFunctions } from 'n8n-workflow';

import { inputError } from '../shared/api/inputError';
import { isObject, nonEmptyFields } from '../shared/json';
import type { Json, JsonObject } from '../shared/json';
import { sunoModels } from '../shared/catalogue/suno';
import type { OperationForm, SunoApiName, SunoModel } from '../shared/catalogue/types';
import { toBody } from '../shared/form/body';
import { fieldsOf, NOT_SHARED } from '../shared/form/modelFields';
import { readOptions } from '../shared/run/runOptions';
import type { Job, TaskJob } from '../shared/run/job';
import type { ModelInput } from '../shared/run/readCreateJob';
import { checkedJob, readForm, readJson } from '../shared/run/readCreateJob';
import type { RunOptions } from '../shared/run/runOptions';
import { USING_JSON } from '../shared/form/mediaParameters';
import type { Milestone } from '../shared/adapters/adapter';
import { TIME_LIMIT_MINUTES } from './earlierTask';
import { sunoGets } from './sunoOperations';

/**
 * Sent if the user sets no callback URL, because Suno's dedicated API requires one for most tasks. It reaches nobody:
 * names under `.invalid` never exist (RFC 2606).
 */
export const NO_CALLBACK_URL = 'https://no-callback.invalid/';

/**
 * Reads the parameters of an item.
 * @throws NodeOperationError that names every invalid field, its limit and the item.
 */
export function readSunoJob(context: IExecuteFunctions, itemIndex: number): Job {
	const resource = String(context.getNodeParameter('resource', itemIndex));
	const operation = String(context.getNodeParameter('operation', itemIndex));
	const options = readOptions(context, TIME_LIMIT_MINUTES, itemIndex);
	const api = has(sunoGets, [resource, operation]) ? sunoGets[resource]?.[operation] : undefined;
	if (api) return readGetJob(context, api, options, itemIndex);

	const model = sunoModels.find(
		(candidate) => candidate.resource === resource && has(candidate.operations, [operation]),
	);
	if (!model)
		throw inputError(
			context.getNode(),
			`The operation '${operation}' is not supported for the resource '${resource}'`,
			itemIndex,
		);
	const sunoOptions: unknown = context.getNodeParameter('options', itemIndex, {});
	const { useMarket, waitFor } = isObject(sunoOptions) ? sunoOptions : {};
	const needsCallback = useMarket !== true && model.callbackField === undefined;
	const callBackUrl = options.callBackUrl ?? (needsCallback ? NO_CALLBACK_URL : undefined);
	const { required, raw } = readInput(context, model, model.operations[operation] ?? [], itemIndex);
	const created = useMarket === true ? marketVariantOf(model) : model;
	const modelInput: ModelInput = {
		model: { ...created, input: model.input, media: model.media, rules: model.rules, isKnown: true },
		required,
		raw,
	};
	const milestones: Milestone[] = ['first', 'text'];
	const job = checkedJob(context, modelInput, { ...options, callBackUrl }, itemIndex);
	return {
		...job,
		pricedAs: model.marketVariant.id,
		passThrough: sourceTrack(model, job.body),
		milestone: milestones.find((milestone) => milestone === waitFor),
	};
}

/** The APIs that process a track. Their output contains its IDs, so that the next node can process the same track. */
export const sourceTrackApis: SunoApiName[] = ['suno-wav', 'suno-stems', 'suno-video', 'suno-cover'];

function sourceTrack({ api }: SunoModel, { taskId, audioId }: JsonObject): JsonObject | undefined {
	return sourceTrackApis.includes(api) ? nonEmptyFields({ sourceTaskId: taskId, audioId }) : undefined;
}

function readGetJob(context: IExecuteFunctions, api: SunoApiName, options: RunOptions, itemIndex: number): TaskJob {
	const taskId = String(context.getNodeParameter('taskId', itemIndex, '') ?? '').trim();
	if (taskId !== '') return { kind: 'get', itemIndex, task: { taskId, api, model: api }, options };
	throw inputError(context.getNode(), "'Task ID' is required", itemIndex);
}

/** The input of an item, by the form that its switches select. */
function readInput(
	context: IExecuteFunctions,
	model: SunoModel,
	forms: OperationForm[],
	itemIndex: number,
): { required: string[]; raw: JsonObject } {
	const usesJson = context.getNodeParameter('specifyInput', itemIndex) === USING_JSON;
	const json = usesJson ? readJson(context, itemIndex) : undefined;
	const switchValue = (name: string): Json => {
		const value: unknown = json ? json[name] : context.getNodeParameter(name, itemIndex, null);
		const preset = model.input.properties[name]?.default ?? false;
		return typeof value === 'string' || typeof value === 'boolean' ? value : preset;
	};
	const holds = ({ when = {} }: OperationForm) =>
		Object.entries(when).every(([name, values]) => values.some((value) => value === switchValue(name)));
	const form = forms.find(holds) ?? {};
	const fields = fieldsOf(model, form, NOT_SHARED);
	const required = fields
		.filter((field) => field.required)
		.map(({ name }) => name)
		// In JSON input, a switch that Kie does not require has its default.
		.filter((name) => !json || !(name in (form.when ?? {})) || model.input.required?.includes(name));
	const raw = json ?? toBody(fields, readForm(context, fields, itemIndex));
	return { required, raw: { ...raw, ...form.fixed } };
}

/** The market variant of an operation, with the names of its fields. */
function marketVariantOf({ marketVariant, input, seconds, title }: SunoModel): ModelInput['model'] {
	const { id, names = {}, without = [] } = marketVariant;
	const fieldNames = Object.fromEntries(
		Object.keys(input.properties).map((name) => [name, names[name] ?? snakeCase(name)]),
	);
	return { id, api: 'suno-market', seconds, title, input, media: {}, fieldNames, without, isKnown: true };
}
