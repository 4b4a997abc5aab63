/** A value in a result, as JSON Schema. Without a type it can be anything. */
export interface ResultField {
	type?: 'string' | 'number' | 'boolean' | 'array' | 'object';
	nullable?: true;
	items?: ResultField;
	properties?: ResultFields;
}

export type ResultFields = Record<string, ResultField>;

/** What the results of a model or an API have besides their files. */
export interface ResultShape {
	fields: ResultFields;
	/** The result is data only. */
	withoutFiles?: boolean;
}

export const TEXT: ResultField = { type: 'string' };
export const NUMBER: ResultField = { type: 'number' };
export const FLAG: ResultField = { type: 'boolean' };

export function listOf(items: ResultField): ResultField {
	return { type: 'array', items };
}

export function objectOf(properties: ResultFields): ResultField {
	return { type: 'object', properties };
}
