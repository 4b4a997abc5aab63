import type { IExecuteFunctions, NodeOperationError } from 'n8n-workflow';

import { inputError } from '../api/inputError';
import { fieldLabel } from '../form/label';
import { isObject } from '../json';

/** What n8n and JSON.stringify throw for a value that contains itself. */
const CIRCULAR = /maximum call stack|circular structure/i;

function isCircular(error: unknown): boolean {
	return error instanceof Error && CIRCULAR.test(error.message);
}

/**
 * The error for a parameter whose expression returns an object that contains itself, if that is what has been thrown while
 * the parameters were read: n8n's own message names no field.
 */
export function circularError(
	context: IExecuteFunctions,
	error: unknown,
	itemIndex: number,
): NodeOperationError | undefined {
	if (!isCircular(error)) return undefined;
	const name = circularName(context, context.getNode().parameters, '', itemIndex);
	const field = name === undefined ? 'A field' : `'${fieldLabel(name, {})}'`;
	return inputError(context.getNode(), `${field} must not contain a circular reference`, itemIndex);
}

/** The name of the first parameter that cannot be read, inside of collections too. */
function circularName(
	context: IExecuteFunctions,
	parameters: object,
	path: string,
	itemIndex: number,
): string | undefined {
	for (const [name, written] of Object.entries(parameters)) {
		const at = path === '' ? name : `${path}.${name}`;
		if (!isUnreadable(context, at, itemIndex)) continue;
		const isCollection = isObject(written) && !('__rl' in written);
		return (isCollection ? circularName(context, written, at, itemIndex) : undefined) ?? name;
	}
	return undefined;
}

function isUnreadable(context: IExecuteFunctions, path: string, itemIndex: number): boolean {
	try {
		JSON.stringify(context.getNodeParameter(path, itemIndex, null));
		return false;
	} catch (error) {
		return isCircular(error);
	}
}
