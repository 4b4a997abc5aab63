import type { IWebhookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import type { NumberRange } from '../shared/form/numberRange';
import { numberIssue } from '../shared/form/numberRange';
import { isEmpty, isObject, asNumber, asText } from '../shared/json';
import type { CallbackTask } from '../shared/callbacks/parseCallback';
import { COMBINE_RANGE, SIGNATURE_AGE_RANGE, SIGNATURE_AGE_SECONDS } from './triggerParameters';

/** The parameters of Kie Trigger. */
export interface TriggerParameters {
	confirm: boolean;
	events: unknown[];
	/** Empty: all. */
	apis: unknown[];
	models: string[];
	downloadFiles: boolean;
	includeRawBody: boolean;
	binaryProperty: string;
	signatureAgeSeconds: number;
	/** 0: each callback starts the workflow. */
	combineSeconds: number;
}

export function readParameters(context: IWebhookFunctions): TriggerParameters {
	const filters = collection(context, 'filters');
	const options = collection(context, 'options');
	return {
		confirm: context.getNodeParameter('confirm', true) !== false,
		events: list(context.getNodeParameter('events', [])),
		apis: list(filters.apis),
		models: (asText(filters.models) ?? '')
			.split(',')
			.map((model) => model.trim())
			.filter((model) => model !== ''),
		downloadFiles: context.getNodeParameter('downloadFiles', false) === true || options.downloadFiles === true,
		includeRawBody: options.includeRawBody === true,
		binaryProperty: asText(options.binaryProperty)?.trim() ?? 'data',
		signatureAgeSeconds: readSeconds(context, options.signatureAge, SIGNATURE_AGE),
		combineSeconds: readSeconds(context, options.combineSeconds, COMBINE_WITHIN),
	};
}

/** An option in seconds. */
interface SecondsOption {
	label: string;
	range: NumberRange;
	/** What an empty field means. */
	ifEmpty: number;
}

const SIGNATURE_AGE: SecondsOption = {
	label: 'Signature Age (Seconds)',
	range: SIGNATURE_AGE_RANGE,
	ifEmpty: SIGNATURE_AGE_SECONDS,
};
const COMBINE_WITHIN: SecondsOption = { label: 'Combine Callbacks Within (Seconds)', range: COMBINE_RANGE, ifEmpty: 0 };

/** @throws NodeOperationError for an expression that is out of range. */
function readSeconds(context: IWebhookFunctions, value: unknown, { label, range, ifEmpty }: SecondsOption): number {
	if (isEmpty(value)) return ifEmpty;
	const issue = numberIssue(value, label, range);
	if (issue !== undefined) throw new NodeOperationError(context.getNode(), issue);
	return asNumber(value) ?? ifEmpty;
}

function collection(context: IWebhookFunctions, name: string): Record<string, unknown> {
	const value: unknown = context.getNodeParameter(name, {});
	return isObject(value) ? value : {};
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Whether a task passes the events and filters. */
export function isSelected({ event, api, model }: CallbackTask, { events, apis, models }: TriggerParameters): boolean {
	return (
		events.includes(event) &&
		(apis.length === 0 || apis.includes(api)) &&
		(models.length === 0 || models.some((pattern) => matches(model, pattern)))
	);
}

function matches(model: string, pattern: string): boolean {
	return pattern.endsWith('*') ? model.startsWith(pattern.slice(0, -1)) : model === pattern;
}
