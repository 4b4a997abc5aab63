import { isEqual, omit } from 'lodash';
import type { INodeParameters, INodeProperties, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { KieAudio } from '../../nodes/KieAudio/KieAudio.node';
import { KieImage } from '../../nodes/KieImage/KieImage.node';
import { KieVideo } from '../../nodes/KieVideo/KieVideo.node';
import { audioModels } from '../../nodes/shared/catalogue/audio';
import { imageModels } from '../../nodes/shared/catalogue/image';
import type { Model, Schema } from '../../nodes/shared/catalogue/types';
import { videoModels } from '../../nodes/shared/catalogue/video';
import { formValues, toBody } from '../../nodes/shared/form/body';
import { checkInput } from '../../nodes/shared/form/checkInput';
import { type Field, fieldsOf } from '../../nodes/shared/form/modelFields';
import { sharedChoice } from '../../nodes/shared/form/sharedFields';
import { isObject, type Json, type JsonObject } from '../../nodes/shared/json';

/** Switching the model in the editor keeps what both models understand and changes no value. */

const nodes: Array<{ name: string; node: INodeType; models: Model[] }> = [
	{ name: 'Kie Image', node: new KieImage(), models: imageModels },
	{ name: 'Kie Video', node: new KieVideo(), models: videoModels },
	{ name: 'Kie Audio', node: new KieAudio(), models: audioModels },
];

/** The node with the parameters of one operation only, which resolve faster. */
function ofOperation({ description }: INodeType, operation: string): INodeTypeDescription {
	const concerns = ({ displayOptions: { show = {} } = {} }: INodeProperties) =>
		[show.operation, show['/operation']].every((allowed) => allowed?.includes(operation) ?? true);
	return { ...description, properties: description.properties.filter(concerns) };
}

const resolved = (description: INodeTypeDescription, parameters: INodeParameters, withDefaults: boolean) =>
	NodeHelpers.getNodeParameters(description.properties, parameters, withDefaults, false, null, description) ?? {};

/** What the editor stores after a user has chosen another model (valueChanged of n8n's useNodeSettingsParameters). */
function switchModel(description: INodeTypeDescription, parameters: INodeParameters, model: string): INodeParameters {
	const parametersOfModel = { ...resolved(description, parameters, false), model };
	// The editor resets choices and collections whose conditions name the changed parameter.
	const unset = description.properties
		.filter(({ options, displayOptions }) => options && (displayOptions?.show?.model ?? displayOptions?.hide?.model))
		.map(({ name }) => name);
	return resolved(description, omit(parametersOfModel, unset), true);
}

const asFields = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});

/** Whether a value is the same; rows have the fields of the model, so only those of both count. */
function isKept(before: unknown, switchedValues: unknown): boolean {
	if (Array.isArray(before) && Array.isArray(switchedValues))
		return (
			before.length === switchedValues.length && before.every((entry, index) => isKept(entry, switchedValues[index]))
		);
	if (!isObject(before) || !isObject(switchedValues)) return isEqual(before, switchedValues);
	return Object.keys(before).every((name) => !(name in switchedValues) || isKept(before[name], switchedValues[name]));
}

/** The names of the parameters that a form shows. */
const shownIn = (description: INodeTypeDescription, parameters: INodeParameters): Set<string> =>
	new Set(
		description.properties
			.filter((property) => NodeHelpers.displayParameter(parameters, property, null, description, parameters))
			.map(({ name }) => name),
	);

/** A row of a list, with its required texts; the editor does not store a row with its default values. */
function entryOf({ properties = {}, required = [] }: Schema): INodeParameters {
	const texts = Object.entries(properties).filter(([name, { type }]) => required.includes(name) && type === 'string');
	return Object.fromEntries(texts.map(([name, { enum: [choice = 'text'] = [] }]) => [name, choice]));
}

/** A value other than the default, for every parameter of a form. */
function fillForm(description: INodeTypeDescription, model: Model, operation: string): INodeParameters {
	const fields = fieldsOf(model, model.operations[operation]);
	const values = fields.flatMap(({ parameters, schema, shared: [shared] }) =>
		parameters.map((name, index): [string, INodeParameters[string]] => {
			const choice = schema.enum?.find((value) => value !== schema.default) ?? schema.enum?.[0];
			if (shared === 'duration') return [name, Number(choice ?? schema.maximum ?? schema.minimum ?? 7)];
			if (shared === 'sound') return [name, true];
			if (choice !== undefined) return [name, sharedChoice(shared, choice)];
			if (schema.type === 'number' || schema.type === 'integer') return [name, schema.maximum ?? 3];
			if (schema.items?.type === 'object') return [name, { items: [entryOf(schema.items)] }];
			return schema.type === 'boolean' ? [name, true] : [name, `https://example.com/${name}${index}`];
		}),
	);
	const start = { operation, model: model.id, specifyInput: 'fields' };
	const top = shownIn(description, resolved(description, start, true));
	const additional = values.filter(([name]) => !top.has(name));
	return resolved(
		description,
		{
			...start,
			...Object.fromEntries(values.filter(([name]) => top.has(name))),
			additionalFields: Object.fromEntries(additional),
		},
		true,
	);
}

describe.each(nodes)('$name', ({ node, models }) => {
	const operations = [...new Set(models.flatMap((model) => Object.keys(model.operations)))];

	it.each(operations)('keeps all values between any two models, and sends or rejects them: %s', (operation) => {
		const description = ofOperation(node, operation);
		const forms = models
			.filter((model) => operation in model.operations)
			.map((model) => {
				const values = fillForm(description, model, operation);
				return { model, values, shownNames: shownIn(description, values) };
			});
		const losses = forms.flatMap((from) =>
			forms.flatMap((to) => {
				const switchedValues = switchModel(description, from.values, to.model.id);
				const names = [
					...changedValues(from, to, switchedValues),
					...silentlyReplaced(to.model, operation, switchedValues),
				];
				return names.map((name) => `${from.model.id} → ${to.model.id}: ${name}`);
			}),
		);
		expect(forms.length).toBeGreaterThan(0);
		expect(losses).toEqual([]);
	});
});

interface FilledForm {
	model: Model;
	values: INodeParameters;
	shownNames: Set<string>;
}

/** The parameters of both forms that have another value after the switch. */
function changedValues(from: FilledForm, to: FilledForm, switchedValues: INodeParameters): string[] {
	const inBoth = [...from.shownNames].filter(
		(name) => !['model', 'additionalFields'].includes(name) && to.shownNames.has(name),
	);
	const addableFields = asFields(to.values.additionalFields);
	const keptFields = asFields(switchedValues.additionalFields);
	const additional = Object.entries(asFields(from.values.additionalFields)).filter(([name]) => name in addableFields);
	return [
		...inBoth.filter((name) => !isKept(from.values[name], switchedValues[name])),
		...additional
			.filter(([name, value]) => !(name in keptFields && isKept(value, keptFields[name])))
			.map(([name]) => name),
	];
}

/** The shared fields that are neither sent as kept nor rejected. */
function silentlyReplaced(model: Model, operation: string, parameters: INodeParameters): string[] {
	const values: JsonObject = JSON.parse(JSON.stringify(parameters));
	const fields = fieldsOf(model, model.operations[operation]);
	const body = toBody(
		fields,
		formValues(fields, (name): Json => values[name] ?? null),
	);
	const rejectedFields = checkInput(model, [], body).map(({ field }) => field);
	const isSent = ({ name, parameters: [parameter = ''], shared: [shared] }: Field): boolean => {
		const [expected, sentValue] = [values[parameter] ?? '', body[name]];
		if (expected === '' || rejectedFields.includes(name)) return true;
		return isChoice(sentValue) ? String(sharedChoice(shared, sentValue)) === String(expected) : sentValue !== undefined;
	};
	return fields.filter((field) => field.shared.length > 0 && !isSent(field)).map(({ name }) => name);
}

const isChoice = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';
