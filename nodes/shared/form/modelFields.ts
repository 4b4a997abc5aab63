import { isEmpty, mapKeys, pickBy } from 'lodash';

import type { MediaKind, Model, OperationForm, Schema } from '../catalogue/types';
import { fieldLabel } from './label';

/** A field of a model in one operation. */
export interface Field {
	name: string;
	label: string;
	schema: Schema;
	required: boolean;
	media?: MediaKind;
	innerMedia?: Record<string, MediaKind>;
}

/** The fields of a model in the form of an operation. Required ones are at the top level, the others in Additional Fields. */
export function fieldsOf(model: Pick<Model, 'input' | 'media'>, form: OperationForm = {}): Field[] {
	const required = [...(model.input.required ?? []), ...(form.required ?? [])];
	return Object.entries(model.input.properties)
		.filter(([name]) => !form.hidden?.includes(name) && form.fixed?.[name] === undefined)
		.map(([name, schema]) => ({
			name,
			label: fieldLabel(name, schema, model.media[name]),
			schema,
			required: required.includes(name),
			media: model.media[name],
			innerMedia: innerMedia(model.media, name),
		}));
}

/** The file fields inside an object field, which the catalogue names by path: `elements[].image_urls`. */
function innerMedia(media: Model['media'], name: string): Field['innerMedia'] {
	const prefix = `${name}[].`;
	const inner = pickBy(media, (_, path) => path.startsWith(prefix));
	return isEmpty(inner) ? undefined : mapKeys(inner, (_, path) => path.slice(prefix.length));
}
