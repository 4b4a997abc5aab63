import type { IExecuteFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

/** The error for a parameter that cannot be used; `advice` says what can. */
export function badInput(
	context: IExecuteFunctions,
	message: string,
	itemIndex: number,
	advice = '',
): NodeOperationError {
	return new NodeOperationError(context.getNode(), `${message} [item ${itemIndex}]`, {
		itemIndex,
		description: `${advice} Nothing was sent to Kie.ai for this item.`.trim(),
	});
}

/** A text parameter without space around it; empty where it is not set, or an expression gives nothing. */
export function readText(context: IExecuteFunctions, name: string, itemIndex: number): string {
	const value: unknown = context.getNodeParameter(name, itemIndex, '', { extractValue: true });
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** @throws NodeOperationError where the parameter is empty. */
export function readRequired(
	context: IExecuteFunctions,
	{ name, displayName }: { name: string; displayName: string },
	itemIndex: number,
): string {
	const value = readText(context, name, itemIndex);
	if (value !== '') return value;
	throw badInput(
		context,
		`'${displayName}' is required`,
		itemIndex,
		'Where it is an expression, see that the item has such a field.',
	);
}

/** @throws NodeOperationError where the parameter is no address of the web. */
export function readUrl(
	context: IExecuteFunctions,
	parameter: { name: string; displayName: string },
	itemIndex: number,
): string {
	const value = readRequired(context, parameter, itemIndex);
	if (/^https?:\/\/\S+$/i.test(value) && URL.canParse(value)) return value;
	throw badInput(
		context,
		`'${parameter.displayName}' has to be a URL with http:// or https://, not ${value.slice(0, 80)}`,
		itemIndex,
	);
}
