import { sharedNames } from '../catalogue/sharedFields';
import type { MediaKind, Model, OperationForm, Schema, SharedField } from '../catalogue/types';
import { fieldLabel } from './label';
import { isSetting, sharedLabel } from './sharedFields';

/** A field of a model in one operation. */
export interface Field {
	/** Kie's name. */
	name: string;
	/** The parameter that fills it, or several that fill a list in this order. */
	parameters: string[];
	/** What the field is in all models; several for a list that several parameters fill. */
	shared: SharedField[];
	label: string;
	schema: Schema;
	required: boolean;
	media?: MediaKind;
	innerMedia?: Record<string, MediaKind>;
}

/** What forms are built from; the model of a catalogue, or a part of one. */
type FormModel = Pick<Model, 'input' | 'media' | 'shared'>;

/** For models that have operations instead of other models to switch to. */
export const NOT_SHARED: typeof sharedNames = new Map();

/** The fields of a model in the form of an operation. `names` are the fields that are shared by their name. */
export function fieldsOf(model: FormModel, form: OperationForm = {}, names = sharedNames): Field[] {
	const required = [...(model.input.required ?? []), ...(form.required ?? [])];
	return Object.entries(model.input.properties)
		.filter(([name]) => !form.hidden?.includes(name) && form.fixed?.[name] === undefined)
		.map(([name, schema]) => {
			const shared = sharedFieldsOf(model, form, name, names);
			return {
				name,
				parameters: shared.length > 0 ? shared : [name],
				shared,
				label: labelIn(model, name, shared),
				schema,
				required: required.includes(name),
				media: model.media[name],
				innerMedia: innerMedia(model.media, name),
			};
		});
}

function labelIn({ input, media }: FormModel, name: string, [shared]: SharedField[]): string {
	const schema = input.properties[name] ?? {};
	return shared ? sharedLabel(shared, schema) : fieldLabel(name, schema, media[name]);
}

/** A deprecated field is never shared: what replaces it is. */
function sharedFieldsOf(
	{ input, media, shared }: FormModel,
	form: OperationForm,
	name: string,
	names: typeof sharedNames,
): SharedField[] {
	const sharedField = form.shared?.[name] ?? shared?.[name] ?? names.get(name) ?? [];
	const isFile = Object.hasOwn(media, name);
	return input.properties[name]?.deprecated ? [] : [sharedField].flat().filter((field) => isFile !== isSetting(field));
}

/** The file fields inside an object field, which the catalogue names by path: `elements[].image_urls`. */
function innerMedia(media: Model['media'], name: string): Field['innerMedia'] {
	const prefix = `${name}[].`;
	const inner = Object.entries(media).filter(([path]) => path.startsWith(prefix));
	return inner.length > 0
		? Object.fromEntries(inner.map(([path, kind]) => [path.slice(prefix.length), kind]))
		: undefined;
}
