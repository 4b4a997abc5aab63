import { groupBy, isEqual, mapKeys, omitBy, sortBy } from 'lodash';
import type { INodeProperties } from 'n8n-workflow';

import type { Model, OperationForm } from '../shared/catalogue/types';
import { compareNatural } from '../shared/compareNatural';
import type { Condition } from '../shared/form/displayConditions';
import { minimalConditions } from '../shared/form/displayConditions';
import { toParameter } from '../shared/form/fieldParameter';
import { USING_FIELDS } from '../shared/form/formParameters';
import type { Field } from '../shared/form/modelFields';
import { fieldsOf, NOT_SHARED } from '../shared/form/modelFields';

/** An operation of a resource. */
export interface Place {
	resource: string;
	operation: string;
}

/** An operation with its fields, which depend on its switches if it has several forms. */
export interface OperationFields {
	place: Place;
	model: Pick<Model, 'input' | 'media'>;
	forms: OperationForm[];
}

/** A parameter of an operation, displayed while its switches have the values of `when`. */
interface PlacedParameter {
	parameter: INodeProperties;
	when: Condition;
	place: Place;
	rank: number;
}

const toCondition = ({ resource, operation }: Place): Condition => ({ resource: [resource], operation: [operation] });

/** The conditions under which a parameter of some of all operations is displayed. */
export function placeConditions(places: Place[], allPlaces: Place[]): Condition[] {
	const isWanted = ({ resource, operation }: Place) =>
		places.some((place) => place.resource === resource && place.operation === operation);
	const existing = allPlaces.map((place) => ({ condition: toCondition(place), isWanted: isWanted(place) }));
	const conditions = minimalConditions(
		existing.filter((place) => place.isWanted).map(({ condition }) => condition),
		existing.map(({ condition }) => condition),
	);
	return conditions.map((condition) => withoutKnownResource(condition, allPlaces));
}

/** A condition without the resource, if no other one has these operations. */
function withoutKnownResource({ resource = [], operation = [] }: Condition, allPlaces: Place[]): Condition {
	const named = allPlaces.filter((place) => operation.includes(place.operation));
	return named.every((place) => resource.includes(place.resource)) ? { operation } : { resource, operation };
}

/** The order of the fields: the version of Suno, what the operation starts from, the switches, the prompt, the others. */
function rankOf({ name, schema, media }: Field, forms: OperationForm[]): number {
	if (name === 'model') return 0;
	if (media || schema.refersTo) return 1;
	if (forms.some(({ when = {} }) => name in when)) return 2;
	return name === 'prompt' ? 3 : 4;
}

const ADDITIONAL_FIELDS_RANK = 5;

/** The conditions under which some forms of an operation are displayed, without switches that may have any value. */
function switchConditions(selectedForms: OperationForm[], { model, forms }: OperationFields): Condition[] {
	const conditions = minimalConditions(
		selectedForms.map(({ when = {} }) => when),
		forms.map(({ when = {} }) => when),
	);
	const isAny = (values: Condition[string], name: string) =>
		model.input.properties[name]?.enum?.every((value) => values.some((allowed) => allowed === value)) ?? false;
	return conditions.map((condition) => omitBy(condition, isAny));
}

/** The parameters for the fields that are required in some forms of an operation, or optional in some. */
function parametersOf(operation: OperationFields, required: boolean): PlacedParameter[] {
	const { place, model, forms } = operation;
	const uses = forms.flatMap((form) =>
		fieldsOf(model, form, NOT_SHARED)
			.filter((field) => field.required === required)
			.map((field) => ({
				parameter: toParameter(field.name, withExample(field, form), field),
				rank: rankOf(field, forms),
				form,
			})),
	);
	const sameParameter = groupBy(uses, ({ parameter }) => JSON.stringify(parameter));
	return Object.values(sameParameter).flatMap((group) => {
		const conditions = switchConditions(
			group.map(({ form }) => form),
			operation,
		);
		return group
			.slice(0, 1)
			.flatMap(({ parameter, rank }) => conditions.map((when) => ({ parameter, when, place, rank })));
	});
}

const withExample = ({ name, schema }: Field, { examples }: OperationForm) => ({
	...schema,
	example: examples?.[name] ?? schema.example,
});

/** The collection of an operation's optional fields; none if it has no such fields. */
function additionalFields(operation: OperationFields): PlacedParameter[] {
	const { place, model, forms } = operation;
	const withOptional = forms.filter((form) => fieldsOf(model, form, NOT_SHARED).some(({ required }) => !required));
	if (withOptional.length === 0) return [];
	const options = parametersOf({ ...operation, forms: withOptional }, false);
	return switchConditions(withOptional, operation).map((when) => ({
		place,
		when,
		rank: ADDITIONAL_FIELDS_RANK,
		parameter: {
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: options
				.map(({ parameter, when: switches }) =>
					narrowed(
						parameter,
						omitBy(switches, (values, name) => isEqual(values, when[name])),
					),
				)
				.sort((a, b) => compareNatural(a.displayName, b.displayName)),
		},
	}));
}

/** A field of a collection that is offered only while other parameters have certain values. */
function narrowed(parameter: INodeProperties, condition: Condition): INodeProperties {
	if (Object.keys(condition).length === 0) return parameter;
	return { ...parameter, displayOptions: { show: mapKeys(condition, (_, name) => `/${name}`) } };
}

/** The parameters of all operations, from top to bottom. What several operations have in common is one parameter. */
export function operationParameters(operations: OperationFields[], allPlaces: Place[]): INodeProperties[] {
	const placed = operations.flatMap((operation) => [...parametersOf(operation, true), ...additionalFields(operation)]);
	const shared = groupBy(placed, ({ parameter, when, rank }) => JSON.stringify([rank, parameter, when]));
	return sortBy(Object.values(shared), ([first]) => first?.rank).flatMap((group) => {
		const conditions = placeConditions(
			group.map(({ place }) => place),
			allPlaces,
		);
		return group.slice(0, 1).flatMap(({ parameter, when }) =>
			conditions.map((condition) => ({
				...parameter,
				// n8n displays a parameter as soon as a condition is an expression, so the one that cannot be an expression comes first.
				displayOptions: { show: { specifyInput: [USING_FIELDS], ...condition, ...when } },
			})),
		);
	});
}
