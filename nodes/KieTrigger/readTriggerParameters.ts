import type { IWebhookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { numberIssue } from '../shared/form/numberRange';
import { isEmpty, isObject, asNumber, asText } from '../shared/json';
import type { CallbackTask } from '../shared/callbacks/parseCallback';
import { SIGNATURE_AGE_RANGE, SIGNATURE_AGE_SECONDS } from './triggerParameters';

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
		signatureAgeSeconds: readSignatureAge(context, options.signatureAge),
	};
}

/** @throws NodeOperationError for an expression that is out of range. */
function readSignatureAge(context: IWebhookFunctions, value: unknown): number {
	if (isEmpty(value)) return SIGNATURE_AGE_SECONDS;
	const issue = numberIssue(value, 'Signature Age (Seconds)', SIGNATURE_AGE_RANGE);
	if (issue !== undefined) throw new NodeOperationError(context.getNode(), issue);
	return asNumber(value) ?? SIGNATURE_AGE_SECONDS;
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
