import { snakeCase } from 'lodash';
import type { IExecuteFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { isObject, nonEmptyFields } from '../shared/json';
import type { Json, JsonObject } from '../shared/json';
import { sunoModels } from '../shared/catalogue/suno';
import type { OperationForm, SunoApiName, SunoModel } from '../shared/catalogue/types';
import { toBody } from '../shared/form/body';
import { fieldsOf } from '../shared/form/modelFields';
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
 * Suno's own paths refuse most tasks without a callback address, also for those who only look. This one reaches nobody:
 * names under `.invalid` never exist (RFC 2606), so no result is sent anywhere.
 */
export const NO_CALLBACK_URL = 'https://no-callback.invalid/';

/** Reads an item's parameters; see `checkedJob` for what it refuses. */
export function readSunoJob(context: IExecuteFunctions, itemIndex: number): Job {
	const resource = String(context.getNodeParameter('resource', itemIndex));
	const operation = String(context.getNodeParameter('operation', itemIndex));
	const options = readOptions(context, TIME_LIMIT_MINUTES, itemIndex);
	const api = sunoGets[resource]?.[operation];
	if (api) return readGetJob(context, api, options, itemIndex);

	const model = sunoModels.find((candidate) => candidate.resource === resource && operation in candidate.operations);
	if (!model)
		throw new NodeOperationError(
			context.getNode(),
			`There is no operation '${operation}' of '${resource}' [item ${itemIndex}]`,
			{ itemIndex },
		);
	const own: unknown = context.getNodeParameter('options', itemIndex, {});
	const { useMarket, waitFor } = isObject(own) ? own : {};
	const takesCallback = useMarket === true || !model.withoutCallback;
	if (!takesCallback && options.callBackUrl !== undefined)
		throw new NodeOperationError(
			context.getNode(),
			`'Callback URL' cannot be used with this operation: Kie.ai takes none for it [item ${itemIndex}]`,
			{ itemIndex, description: 'Remove it from the options. Nothing was sent to Kie.ai for this item.' },
		);
	const callBackUrl = options.callBackUrl ?? (useMarket === true || !takesCallback ? undefined : NO_CALLBACK_URL);
	const { required, raw } = readInput(context, model, model.operations[operation] ?? [], itemIndex);
	const made = useMarket === true ? marketVariantOf(model) : model;
	const given: ModelInput = {
		model: { ...made, input: model.input, media: model.media, rules: model.rules, known: true },
		required,
		raw,
	};
	const stages: Milestone[] = ['first', 'text'];
	const waitUsing = takesCallback ? options.waitUsing : 'polling';
	const job = checkedJob(context, given, { ...options, callBackUrl, waitUsing }, itemIndex);
	return {
		...job,
		passThrough: sourceOf(model, job.body),
		milestone: stages.find((stage) => stage === waitFor),
	};
}

/** What is made of a track names it, so that the next node can make something else of the same track. */
const OF_A_TRACK: SunoApiName[] = ['suno-wav', 'suno-stems', 'suno-video', 'suno-cover'];

function sourceOf({ api }: SunoModel, { taskId, audioId }: JsonObject): JsonObject | undefined {
	return OF_A_TRACK.includes(api) ? nonEmptyFields({ sourceTaskId: taskId, audioId }) : undefined;
}

function readGetJob(context: IExecuteFunctions, api: SunoApiName, options: RunOptions, itemIndex: number): TaskJob {
	const taskId = String(context.getNodeParameter('taskId', itemIndex, '') ?? '').trim();
	if (taskId !== '') return { kind: 'get', itemIndex, task: { taskId, api, model: api }, options };
	throw new NodeOperationError(context.getNode(), `'Task ID' is required [item ${itemIndex}]`, {
		itemIndex,
		description: 'Nothing was sent to Kie.ai for this item.',
	});
}

/** The input of an item, by the form that its own switches choose. */
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
	const fields = fieldsOf(model, form);
	const required = fields
		.filter((field) => field.required)
		.map(({ name }) => name)
		// A switch that Kie does not ask for counts with its default where the input is JSON.
		.filter((name) => !json || !(name in (form.when ?? {})) || model.input.required?.includes(name));
	const raw = json ?? toBody(fields, readForm(context, required, itemIndex));
	return { required, raw: { ...raw, ...form.fixed } };
}

/** The market variant of an operation, with the names of its fields. */
function marketVariantOf({ marketVariant, input, seconds, title }: SunoModel): ModelInput['model'] {
	const { id, names = {}, without = [] } = marketVariant;
	const fieldNames = Object.fromEntries(
		Object.keys(input.properties).map((name) => [name, names[name] ?? snakeCase(name)]),
	);
	return { id, api: 'suno-market', seconds, title, input, media: {}, fieldNames, without, known: true };
}
