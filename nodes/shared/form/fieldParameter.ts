import { uniqBy } from 'lodash';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { MediaKind, Reference, Schema } from '../catalogue/types';
import { choiceLabel, fieldLabel, takesOneFile } from './label';
import { compareNatural } from '../compareNatural';
import { asNumber } from '../json';
import { filePlaceholder, textPlaceholder } from './placeholders';

/** The name of the one group in a fixed collection. */
export const GROUP = 'items';

/** The binary field that n8n's nodes put a file in. */
export const BINARY_FIELD = 'data';

/** Text fields of this maximum length or more have several rows. */
const LONG_TEXT = 400;

/** Where an input item has the ID of an earlier result, as a node of this package returned it. */
const FROM_ITEM: Record<Reference, string> = {
	task: '={{ $json.taskId }}',
	// What is derived from a track (stems, a WAV file) names the task of the track as sourceTaskId.
	trackTask: '={{ $json.sourceTaskId ?? $json.taskId }}',
	// Music operations return tracks, or one track per item.
	track: '={{ $json.track?.id ?? $json.tracks?.[0]?.id ?? $json.audioId }}',
};

/** What a parameter depends on besides the schema of its field. */
export interface FieldContext {
	required: boolean;
	/** Replaces the label of the schema. */
	label?: string;
	/** The kind of file, if the field accepts files. */
	media?: MediaKind;
	/** Whether a file field begins with the binary field `data`. */
	isMainFile?: boolean;
	/** The operation, for examples that fit it. */
	operation?: string;
	/** An entry of a list, to which n8n adds every field. */
	isEntry?: boolean;
	/** For a list of objects: the kinds of their file fields, by name. */
	innerMedia?: Record<string, MediaKind>;
}

/** The n8n parameter of a field: its API name, label, description, and the control for its schema. Without `displayOptions`. */
export function toParameter(name: string, schema: Schema, context: FieldContext): INodeProperties {
	const field = control(name, schema, context);
	return {
		displayName:
			(context.label ?? fieldLabel(name, schema, context.media)) + (schema.deprecated ? ' (Deprecated)' : ''),
		name,
		description: description(schema, context.media),
		required: (context.required && !schema.mayBeEmpty) || undefined,
		...field,
		default: schema.refersTo ? FROM_ITEM[schema.refersTo] : field.default,
	};
}

type Control = Pick<INodeProperties, 'type' | 'default' | 'typeOptions' | 'options' | 'placeholder' | 'modes'>;

function control(name: string, schema: Schema, context: FieldContext): Control {
	if (context.media) {
		const placeholder = filePlaceholder(context.media, !takesOneFile(schema));
		return { type: 'string', default: context.isMainFile ? BINARY_FIELD : '', placeholder };
	}
	if (schema.open || schema.searchable) return searchableControl(schema);
	if (context.isEntry && !context.required) return optionalControl(name, schema, context);
	if (schema.enum && context.isEntry && schema.default === undefined) return choiceToMake(schema);
	if (schema.enum) return listControl(schema);
	switch (Array.isArray(schema.type) ? 'string' : schema.type) {
		case 'boolean':
			return { type: 'boolean', default: schema.default === true };
		case 'integer':
		case 'number':
			return { type: 'number', default: numberDefault(schema), typeOptions: numberLimits(schema) };
		case 'string':
			return textControl(name, schema, context);
		case 'array':
			return arrayControl(name, schema, context);
		default:
			return schema.anyOf ? textControl(name, schema, context) : jsonControl();
	}
}

/** A choice that Kie has no default for, such as the voice of a line: the same for all models, none. */
function choiceToMake(schema: Schema): Control {
	const { options = [], ...list } = listControl(schema);
	return { ...list, options: [{ name: 'Choose One', value: '' }, ...options], default: '' };
}

/** The control of a field that is there without being added, and can stay unset. */
function optionalControl(name: string, schema: Schema, context: FieldContext): Control {
	const chosen = control(name, schema, { ...context, isEntry: false });
	const modelDefault = { name: 'Model Default', value: '' };
	switch (chosen.type) {
		case 'options':
			return { ...chosen, options: [modelDefault, ...(chosen.options ?? [])], default: '' };
		case 'boolean':
			return {
				type: 'options',
				options: [modelDefault, { name: 'On', value: true }, { name: 'Off', value: false }],
				default: '',
			};
		case 'number':
			return { ...chosen, default: '', placeholder: 'Model Default' };
		default:
			return chosen;
	}
}

function textControl(name: string, schema: Schema, { operation }: FieldContext): Control {
	const isLong = /prompt|text|lyrics/.test(name) && (schema.maxLength ?? LONG_TEXT) >= LONG_TEXT;
	return {
		type: 'string',
		default: typeof schema.default === 'string' ? schema.default : '',
		typeOptions: isLong ? { rows: 4 } : undefined,
		placeholder: schema.example ? `e.g. ${schema.example}` : textPlaceholder(name, operation),
	};
}

function jsonControl(): Control {
	return { type: 'json', default: '' };
}

function listControl({ enum: choices = [], offered, enumNames = {}, default: preset }: Schema): Control {
	const values = offered ?? choices;
	// If Kie's documentation allows a value as text and as number, one choice stands for both.
	const distinct = uniqBy(values, String);
	const options: INodePropertyOptions[] = distinct.map((value) => ({
		name: enumNames[value] ?? choiceLabel(value),
		value,
	}));
	const ordered = options.length >= 5 ? options.sort((a, b) => compareNatural(a.name, b.name)) : options;
	const first = distinct.includes('auto') ? 'auto' : (distinct[0] ?? '');
	return { type: 'options', options: ordered, default: distinct.find((value) => value === preset) ?? first };
}

/** A searchable list, or an ID. */
function searchableControl({ enumNames = {}, default: standard, preset = standard }: Schema): Control {
	const value = typeof preset === 'string' ? preset : '';
	return {
		type: 'resourceLocator',
		default: { mode: 'list', value, cachedResultName: enumNames[value] ?? value },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchChoices', searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: `e.g. ${value}` },
		],
	};
}

function numberDefault(schema: Schema): number {
	return asNumber(schema.preset ?? schema.default) ?? schema.minimum ?? 0;
}

function numberLimits({ type, minimum, maximum, multipleOf }: Schema): INodeProperties['typeOptions'] {
	const numberPrecision = type === 'integer' ? 0 : undefined;
	return { minValue: minimum, maxValue: maximum, numberPrecision, numberStepSize: multipleOf };
}

/** The button of a list of objects. */
const ENTRY_BUTTONS: Record<string, string> = {
	dialogue: 'Add Line',
	dialogue_turns: 'Add Line',
	multi_prompt: 'Add Shot',
	shots: 'Add Shot',
	speakers: 'Add Speaker',
};

function arrayControl(name: string, { items = {} }: Schema, { innerMedia = {} }: FieldContext): Control {
	if (items.type === 'object' && items.properties) {
		const required = items.required ?? [];
		const values = Object.entries(items.properties).map(([field, inner]) =>
			toParameter(field, inner, { required: required.includes(field), media: innerMedia[field], isEntry: true }),
		);
		return {
			type: 'fixedCollection',
			default: {},
			placeholder: ENTRY_BUTTONS[name] ?? 'Add Entry',
			typeOptions: { multipleValues: true, sortable: true },
			options: [{ displayName: 'Entry', name: GROUP, values }],
		};
	}
	if (items.type === 'integer' || items.type === 'number')
		return { type: 'string', default: '', placeholder: 'e.g. 1, 3' };
	if (items.type === 'string') {
		const inner = control('', items, { required: false });
		return { ...inner, default: [], typeOptions: { ...inner.typeOptions, multipleValues: true } };
	}
	return jsonControl();
}

function description(schema: Schema, media?: MediaKind): string {
	// n8n renders descriptions as HTML.
	const text = (schema.description ?? '').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
	if (!media) return text;
	const format = takesOneFile(schema)
		? 'A URL or the name of a binary field'
		: 'Comma-separated URLs or names of binary fields';
	return text ? `${text}. ${format}.` : format;
}
