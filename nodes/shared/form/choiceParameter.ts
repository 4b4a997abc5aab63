import { difference, groupBy, intersection, partition, uniq, uniqBy } from 'lodash';
import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Schema, SharedField } from '../catalogue/types';
import { compareNatural } from '../compareNatural';
import type { Condition } from './displayConditions';
import { choiceLabel } from './label';
import type { Field } from './modelFields';
import { sharedChoice } from './sharedFields';

/** A field in one form. */
export interface FieldUse {
	field: Field;
	shown: Condition;
}

/** The choice of a setting that sends nothing, or what Kie documents as the default where it requires a value. */
const MODEL_DEFAULT = '';

/** Whether a field is a choice from a list that Kie documents. */
export function isChoice({ schema, shared: [shared], media }: Field): boolean {
	if (shared === 'sound') return true;
	return shared !== 'duration' && schema.enum !== undefined && !schema.open && !schema.searchable && !media;
}

interface Choice {
	name: string;
	value: string | number | boolean;
}

function choicesOf({ schema, shared: [shared] }: Field): Choice[] {
	if (shared === 'sound')
		return [
			{ name: 'On', value: true },
			{ name: 'Off', value: false },
		];
	return uniqBy(schema.enum ?? [], String).map((choice) => {
		const value = sharedChoice(shared, choice);
		return { name: choiceName(schema, shared, choice, value), value };
	});
}

function choiceName(
	{ enumNames = {} }: Schema,
	shared: SharedField | undefined,
	choice: string | number,
	value: string | number,
): string {
	return shared ? choiceLabel(value) : (enumNames[choice] ?? choiceLabel(value));
}

const modelsOf = (uses: FieldUse[]) => uniq(uses.flatMap(({ shown }) => shown.model ?? []));

/** The condition under which some of the models offer a choice; none if all do. */
function offeredBy(some: FieldUse[], allModels: ReturnType<typeof modelsOf>): IDisplayOptions | undefined {
	const with_ = modelsOf(some);
	const without = difference(allModels, with_);
	if (without.length === 0) return undefined;
	return with_.length <= without.length ? { show: { '/model': with_ } } : { hide: { '/model': without } };
}

/** The choices of a field in all models that have it; each is offered by the models that accept it. */
export function choiceOptions(uses: FieldUse[]): INodePropertyOptions[] {
	const offers = uses.flatMap((use) => choicesOf(use.field).map((choice) => ({ choice, use })));
	const valueOf = ({ choice }: { choice: Choice }) => String(choice.value);
	const byValue = groupBy(offers, valueOf);
	const models = modelsOf(uses);
	const options = uniqBy(offers, valueOf).map((offer): INodePropertyOptions => {
		const users = (byValue[valueOf(offer)] ?? []).map(({ use }) => use);
		return { ...offer.choice, displayOptions: offeredBy(users, models) };
	});
	return options.length >= 5 ? options.sort((a, b) => compareNatural(a.name, b.name)) : options;
}

/** The choice of the model's default, where Kie does not require another one. */
function defaultOption(uses: FieldUse[]): INodePropertyOptions[] {
	const users = uses.filter(({ field }) => !field.required || field.schema.default !== undefined);
	if (users.length === 0) return [];
	return [{ name: 'Model Default', value: MODEL_DEFAULT, displayOptions: offeredBy(users, modelsOf(uses)) }];
}

/** What all descriptions of a field say: the clauses that they have in common. */
export function commonDescription(descriptions: string[]): string {
	const clauses = descriptions.map((description) => description.split('; '));
	return intersection(...clauses).join('; ');
}

/** Splits uses into groups whose descriptions have something in common. */
export function byCommonDescription<Use extends FieldUse>(uses: Use[]): Use[][] {
	const [first] = uses;
	if (!first) return [];
	let common = first.field.schema.description ?? '';
	const [group, rest] = partition(uses, ({ field }) => {
		const shared = commonDescription([common, field.schema.description ?? '']);
		if (shared !== '' || common === (field.schema.description ?? '')) {
			common = shared;
			return true;
		}
		return false;
	});
	return [group, ...byCommonDescription(rest)];
}

/** A parameter for a choice in all models. It begins with the model's default, unless none of them has one. */
export function choiceParameter(name: string, uses: FieldUse[], texts: { label: string; description: string }) {
	const [modelDefault, choices] = [defaultOption(uses), choiceOptions(uses)];
	const preset = [...modelDefault, ...choices][0]?.value ?? MODEL_DEFAULT;
	const parameter: INodeProperties = {
		displayName: texts.label,
		name,
		type: 'options',
		description: texts.description,
		default: preset,
		options: [...modelDefault, ...choices],
	};
	return parameter;
}
