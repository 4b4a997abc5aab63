import type { IExecuteFunctions } from 'n8n-workflow';

import { inputError } from '../shared/api/inputError';
import { isInputUrl, unusableUrl } from '../shared/media/inputUrl';
import { isHttpUrl } from '../shared/media/references';

/** A trimmed text parameter; empty if it is not set, or an expression returns nothing. */
export function readText(context: IExecuteFunctions, name: string, itemIndex: number): string {
	const value: unknown = context.getNodeParameter(name, itemIndex, '', { extractValue: true });
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** @throws NodeOperationError if the parameter is empty. */
export function readRequired(
	context: IExecuteFunctions,
	{ name, displayName }: { name: string; displayName: string },
	itemIndex: number,
): string {
	const value = readText(context, name, itemIndex);
	if (value !== '') return value;
	throw inputError(
		context.getNode(),
		`'${displayName}' is required`,
		itemIndex,
		'If it is an expression, check that the input item has the field.',
	);
}

/**
 * The URL of a file.
 * @throws NodeOperationError if the parameter is not an http or https URL, or leads to a cloud's metadata.
 */
export function readUrl(
	context: IExecuteFunctions,
	parameter: { name: string; displayName: string },
	itemIndex: number,
): string {
	const value = readRequired(context, parameter, itemIndex);
	if (isHttpUrl(value) && isInputUrl(value)) return value;
	throw inputError(context.getNode(), unusableUrl(parameter.displayName, value), itemIndex);
}
