import {
	countBy,
	difference,
	groupBy,
	isEqual,
	mapKeys,
	omit,
	omitBy,
	lowerCase,
	partition,
	sortBy,
	uniq,
	uniqBy,
	upperFirst,
} from 'lodash';
import type { INodeProperties } from 'n8n-workflow';

import type { Schema, SharedField } from '../catalogue/types';
import { compareNatural } from '../compareNatural';
import type { FieldUse } from './choiceParameter';
import { byCommonDescription, choiceOptions, choiceParameter, commonDescription, isChoice } from './choiceParameter';
import type { Condition } from './displayConditions';
import { isWithin, minimalConditions, modelConditions } from './displayConditions';
import { toParameter } from './fieldParameter';
import { fieldLabel } from './label';
import type { Field } from './modelFields';
import { renamedParameters } from './renamedParameters';
import { CUSTOM_MODEL } from './operation';
import { settingDescriptions, sharedLabel, sharedLabels, sharedOrder } from './sharedFields';

export const USING_FIELDS = 'fields';

/** A form of a node: its fields, and when they are displayed. */
export interface Form {
	shown: Condition;
	fields: Field[];
}

/** A parameter of a field in one form. */
interface ParameterUse extends FieldUse {
	name: string;
	/** Whether the form needs it: of several that fill a list, the first. */
	required: boolean;
}

/** A parameter and all the forms that contain it. */
interface SharedParameter {
	parameter: INodeProperties;
	shown: Condition[];
}

/** The operation of a form. */
const operationOf = ({ operation = [] }: Condition) => operation.join();

/** The order of the parameters: the switches that select the form, the prompt, its parts, the input files, the settings. */
function rank({ name, field, shown }: ParameterUse): number {
	// A condition begins with resource and operation, or operation and model; the rest are switches.
	if (Object.keys(shown).indexOf(name) >= 2) return 0;
	if (name === 'prompt') return 1;
	// Such as the shots of a storyboard, or the lines of a dialogue
	if (field.schema.items?.type === 'object') return 2;
	if (field.media) return 3 + orderOf(name);
	return field.shared.length > 0 ? 5 + orderOf(name) : 4;
}

/** Where a parameter stands among the shared ones, from 0 to below 1; one that only some models have stands last. */
function orderOf(name: string): number {
	return (sharedOrder.includes(name) ? sharedOrder.indexOf(name) : sharedOrder.length) / (sharedOrder.length + 1);
}

function usesOf(forms: Form[]): ParameterUse[] {
	return forms.flatMap(({ shown, fields }) =>
		fields.flatMap((field) =>
			field.parameters.map((name, index) => ({ name, field, shown, required: field.required && index === 0 })),
		),
	);
}

/** A parameter in an operation. */
const inOperation = ({ name, shown }: ParameterUse) => `${operationOf(shown)}/${name}`;

/**
 * The file parameters that begin with the binary field `data`: those that are the first required file of most models of
 * an operation that have them. All models of the operation begin with it, so that switching the model never changes it.
 * A second required file begins empty: it is another file, which n8n asks for.
 */
function mainFiles(uses: ParameterUse[]): Set<string> {
	const files = uses.filter(({ field }) => field.media);
	const required = sortBy(
		files.filter((use) => use.required),
		({ name }) => orderOf(name),
	);
	const firstOfForms = uniqBy(required, ({ shown }) => shown);
	const [all, first] = [countBy(files, inOperation), countBy(firstOfForms, inOperation)];
	return new Set(Object.keys(first).filter((key) => (first[key] ?? 0) * 2 > (all[key] ?? 0)));
}

function plainParameter({ name, field, shown, required }: ParameterUse, isMain: boolean): INodeProperties {
	const shared = field.shared.find((candidate) => candidate === name);
	if (shared === 'duration') return durationParameter(name, field);
	const isPart = field.parameters.length > 1;
	if (name === 'prompt')
		return toParameter(name, withoutLength(field.schema), { required, operation: operationOf(shown) });
	return toParameter(name, isPart && shared ? partOfList(field.schema, shared) : field.schema, {
		...field,
		required,
		label: shared && sharedLabel(shared, field.schema),
		isMainFile: isMain,
		operation: operationOf(shown),
	});
}

/** A prompt without the number of characters, which differs between almost all models and is checked when the node runs. */
function withoutLength(schema: Schema): Schema {
	const clauses = (schema.description ?? '').split('; ').filter((clause) => !/ characters\b/.test(clause));
	return { ...schema, description: clauses.join('; ') };
}

/** One file of a list that several parameters fill, such as the last frame. */
function partOfList({ description = '', items = {} }: Schema, shared: SharedField): Schema {
	const [, ...limits] = description.split('; ');
	return {
		...items,
		description: [`${upperFirst(lowerCase(sharedLabels[shared]))} of the video`, ...limits].join('; '),
	};
}

/** A duration is a number in all models, so that its value is kept when the model changes; if empty, the model's default. */
function durationParameter(name: string, { schema, required }: Field): INodeProperties {
	const { enum: choices, default: preset, description = '' } = schema;
	const hasDefault = !required || preset !== undefined;
	return {
		displayName: sharedLabels.duration,
		name,
		type: 'number',
		description: choices ? `${description}: ${listed(choices)}` : description,
		required: !hasDefault || undefined,
		placeholder: hasDefault ? 'Model Default' : `e.g. ${choices?.[0] ?? schema.minimum ?? 5}`,
		default: '',
	};
}

/** Choices in words, a long list by its ends. */
function listed(choices: Array<string | number>): string {
	const [first, last] = [choices[0], choices.at(-1)];
	return choices.length > 3 ? `${first} to ${last}` : `${choices.slice(0, -1).join(', ')} or ${last}`;
}

/** Parameters with the same definition become one. */
function shareDefinitions(uses: ParameterUse[], mainNames: Set<string>): SharedParameter[] {
	const parameters = uses.map((use) => ({
		parameter: plainParameter(use, mainNames.has(inOperation(use))),
		shown: use.shown,
	}));
	return Object.values(groupBy(parameters, ({ parameter }) => JSON.stringify(parameter))).flatMap(
		([first, ...others]) =>
			first ? [{ parameter: first.parameter, shown: [first, ...others].map(({ shown }) => shown) }] : [],
	);
}

/**
 * A parameter for the same choice in all models, each with the choices that it accepts. Its default is the model's in
 * all of them, so that switching the model never changes a value.
 */
function topChoice(name: string, uses: ParameterUse[], existing: Condition[]): INodeProperties[] {
	const [first] = uses;
	if (!first) return [];
	const shared = first.field.shared.find((candidate) => candidate === name);
	const label = shared ? sharedLabels[shared] : fieldLabel(name, first.field.schema);
	return modelConditions(
		uses.map(({ shown }) => shown),
		existing,
	).map((condition) => {
		const within = uses.filter(({ shown }) => isWithin(shown, condition));
		const common = commonDescription(within.map(({ field }) => field.schema.description ?? ''));
		const description = (shared && settingDescriptions[shared]) || common || first.field.schema.description || '';
		return {
			...choiceParameter(name, within, { label, description }),
			displayOptions: displayedWith(condition),
		};
	});
}

/**
 * When a parameter at the top level is displayed. n8n displays a parameter as soon as a condition is an expression, so
 * the one that cannot be an expression comes first. The editor resets a list or a collection as soon as a parameter
 * changes that its condition names, but not one that it names by its path. It can keep the model that was selected
 * before the operation was changed to one without a list of models.
 */
function displayedWith(condition: Condition): INodeProperties['displayOptions'] {
	const keptOnSwitch = mapKeys(condition, (_, name) => (name === 'model' ? '/model' : name));
	const show = { specifyInput: [USING_FIELDS], ...keptOnSwitch };
	return condition.model && !condition.operation ? { show, hide: { '/operation': [CUSTOM_MODEL] } } : { show };
}

/** The fields that are displayed without being added. */
function topParameters(uses: ParameterUse[], existing: Condition[]): INodeProperties[] {
	const mainNames = mainFiles(uses);
	const ranked = sortBy(uses, rank);
	return Object.entries(groupBy(ranked, ({ name }) => name)).flatMap(([name, named]) => {
		const [choices, plain] = partition(named, ({ field }) => isChoice(field));
		const parameters = shareDefinitions(plain, mainNames).flatMap(({ parameter, shown }) =>
			modelConditions(shown, existing).map((condition) => ({
				...parameter,
				displayOptions: displayedWith(condition),
			})),
		);
		return [...parameters, ...topChoice(name, choices, existing)];
	});
}

/** A field of Additional Fields in one form. */
interface AdditionalUse extends ParameterUse {
	/** What it is as a parameter of its own. */
	parameter: INodeProperties;
	/** What parameters have to have in common to be one. */
	control: string;
}

function additionalUse(use: ParameterUse): AdditionalUse {
	const { field } = use;
	const parameter = plainParameter(use, false);
	const { type, typeOptions, options } = parameter;
	const common = [type, typeOptions?.multipleValues, isChoice(field) ? [] : options, field.schema.deprecated];
	return { ...use, parameter, control: JSON.stringify(common) };
}

/** Fields that several models name alike, in groups that mean the same. */
function sameMeaning(named: AdditionalUse[]): AdditionalUse[][] {
	return Object.values(groupBy(named, ({ control }) => control)).flatMap(byCommonDescription);
}

/** One entry for the fields that mean the same. */
function mergedEntry(uses: AdditionalUse[]): Array<{ parameter: INodeProperties; uses: AdditionalUse[] }> {
	const parameters = uses.map((use) => use.parameter);
	const [first] = parameters;
	if (!first) return [];
	if (uses.every(({ field }) => field.schema.deprecated)) return [{ parameter: withdrawn(first), uses }];
	const description = commonDescription(parameters.map((parameter) => parameter.description ?? ''));
	const isList = uses.every(({ field }) => isChoice(field));
	const hasOneRange = parameters.every(({ typeOptions }) => isEqual(typeOptions, first.typeOptions));
	const parameter = {
		...first,
		description: description || first.description,
		options: isList ? choiceOptions(uses) : first.options,
		// A range that differs between the models is checked when the node runs.
		typeOptions: hasOneRange ? first.typeOptions : omit(first.typeOptions, 'minValue', 'maxValue'),
	};
	return [{ parameter, uses }];
}

/** Fields that Kie has given up are kept in saved workflows, and are not offered. */
function withdrawn({ displayName, name }: INodeProperties): INodeProperties {
	return { displayName, name, type: 'hidden', default: '' };
}

/** A collection with optional fields; each is offered in the forms that contain it. */
function additionalFields(uses: AdditionalUse[], existing: Condition[], shown: Condition): INodeProperties[] {
	if (uses.length === 0) return [];
	const entries = Object.values(groupBy(uses, ({ name }) => name)).flatMap((named) =>
		sameMeaning(named).flatMap(mergedEntry),
	);
	const options = entries.flatMap(({ parameter, uses: ofEntry }) =>
		modelConditions(
			ofEntry.map((use) => use.shown),
			existing,
		).map((condition) => {
			const changing = omitBy(condition, (values, name) => isEqual(values, shown[name]));
			const show = mapKeys(changing, (_, name) => `/${name}`);
			return Object.keys(show).length > 0 ? { ...parameter, displayOptions: { show } } : parameter;
		}),
	);
	return [
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			displayOptions: { show: { specifyInput: [USING_FIELDS], ...shown } },
			options: options.sort((a, b) => compareNatural(a.displayName, b.displayName)),
		},
	];
}

/**
 * The parameters of forms in which the model can be chosen. At the top level are the fields that a model of the
 * operation requires and those that all models share; the others are in Additional Fields.
 */
export function modelFormProperties(forms: Form[]): INodeProperties[] {
	const existing = forms.map(({ shown }) => shown);
	const uses = usesOf(forms);
	const requiredInOperation = new Set(uses.filter(({ required }) => required).map(inOperation));
	const [top, additional] = partition(
		uses,
		(use) => use.field.shared.length > 0 || requiredInOperation.has(inOperation(use)),
	);
	const moved = top.filter(({ field }) => !field.required);
	const offering = new Set(additional.filter(({ field }) => !field.schema.deprecated).map(({ shown }) => shown));
	const offered = additional.filter(({ shown }) => offering.has(shown)).map(additionalUse);
	const collections = groupsOfModels(offered, existing).flatMap((group) =>
		additionalFields(group, existing, {}).map((collection) => ({
			...collection,
			options: [...(collection.options ?? []), ...movedFields(group, moved)],
			displayOptions: offeredAnything(group, uses),
		})),
	);
	return [
		...renamedParameters(forms, uniq(top.map(({ name }) => name))),
		...topParameters(top, existing),
		...collections,
		...savedFields(
			existing.filter((shown) => !offering.has(shown)),
			existing,
		),
	];
}

const modelsOfUses = (uses: ParameterUse[]): Array<string | boolean> =>
	uniq(uses.flatMap(({ shown }) => shown.model ?? []));

/**
 * Fields that were additional ones in an earlier version and stand at the top level now. n8n keeps the values of saved
 * workflows for them, so that the node can tell that they have to be set again.
 */
function movedFields(group: ParameterUse[], moved: ParameterUse[]): INodeProperties[] {
	const models = modelsOfUses(group);
	const ofGroup = moved.filter(({ shown }) => shown.model?.some((model) => models.includes(model)));
	const names = difference(
		ofGroup.map(({ field }) => field.name),
		group.map(({ name }) => name),
	);
	return uniq(names).map((name) => withdrawn({ displayName: 'Moved', name, type: 'hidden', default: '' }));
}

/** Keeps the additional fields of saved workflows in forms that offer none any more, for the same reason. */
function savedFields(forms: Condition[], existing: Condition[]): INodeProperties[] {
	if (forms.length === 0) return [];
	return modelConditions(forms, existing).map((condition) => ({
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'hidden',
		default: {},
		displayOptions: displayedWith(condition),
	}));
}

/**
 * Few groups of models in which each name stands for one entry of Additional Fields: a field that means something else in
 * another model, such as a watermark as text or as a switch, is in another collection of the same name. So are those of
 * a model that offers something in some of its operations only.
 */
function groupsOfModels(additional: AdditionalUse[], existing: Condition[]): AdditionalUse[][] {
	const groups: AdditionalUse[][] = [];
	const [partial, whole] = partition(
		Object.values(groupBy(additional, ({ shown }) => shown.model?.join())),
		(ofModel) => existing.some((form) => isOfModel(form, ofModel) && !ofModel.some(({ shown }) => shown === form)),
	);
	for (const ofModel of whole) {
		const names = new Set(ofModel.map(({ name }) => name));
		const group = groups.find((candidate) =>
			[...names].every((name) =>
				isOneEntry(
					[...candidate, ...ofModel].filter((use) => use.name === name),
					existing,
				),
			),
		);
		if (group) group.push(...ofModel);
		else groups.push([...ofModel]);
	}
	return [...groups, ...partial];
}

const isOfModel = (form: Condition, [use]: ParameterUse[]) => isEqual(form.model, use?.shown.model);

function isOneEntry(named: AdditionalUse[], existing: Condition[]): boolean {
	const shown = named.map((use) => use.shown);
	return sameMeaning(named).length === 1 && minimalConditions(shown, existing).length === 1;
}

/** The collection is displayed for the models that have something in it. */
function offeredAnything(additional: ParameterUse[], all: ParameterUse[]): INodeProperties['displayOptions'] {
	const operations = uniq(additional.flatMap(({ shown }) => shown.operation ?? []));
	const models = modelsOfUses(additional);
	const without = difference(modelsOfUses(all), models);
	const show = { specifyInput: [USING_FIELDS], '/operation': operations };
	if (without.length > models.length) return { show: { ...show, '/model': models } };
	return { show, hide: without.length > 0 ? { '/model': without } : undefined };
}
