/** The types of the catalogue: what a model is. Data only; the logic is in `form/` and `adapters/`. */

import type { ApiName } from '../adapters';
import type { ResultShape } from '../adapters/resultShape';
import type { Json, JsonObject } from '../json';

/** The JSON Schema 2020-12 keywords that Kie's models use. `description` has no final period. */
export interface Schema {
	title?: string;
	description?: string;
	type?: SchemaType | SchemaType[];
	enum?: Array<string | number>;
	/** Display names for `enum` values, such as voice IDs. */
	enumNames?: Record<string, string>;
	/** `enum` lists known values only; Kie accepts others too, such as cloned voices. */
	open?: boolean;
	/** Whether forms show `enum` as a searchable list. */
	searchable?: boolean;
	default?: Json;
	/** The value that forms start with, where the default is not what most users want. */
	preset?: Json;
	/** An example for the form. */
	example?: string;
	/** The values of `enum` that forms offer; the others are discontinued but still accepted. */
	offered?: Array<string | number>;
	minimum?: number;
	maximum?: number;
	exclusiveMinimum?: number;
	multipleOf?: number;
	minLength?: number;
	maxLength?: number;
	pattern?: string;
	format?: 'uri';
	items?: Schema;
	minItems?: number;
	maxItems?: number;
	required?: string[];
	properties?: Record<string, Schema>;
	additionalProperties?: boolean;
	anyOf?: Schema[];
	oneOf?: Schema[];
	not?: Schema;
	deprecated?: boolean;
	/** Kie requires the text to be there, but accepts an empty one. */
	mayBeEmpty?: boolean;
	/** What the ID in the field refers to; forms take the ID from an earlier result. */
	refersTo?: Reference;
}

export type SchemaType = 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object' | 'null';

/** An earlier result: a task, the task that generated a track, or a track. */
export type Reference = 'task' | 'trackTask' | 'track';

/** Schema of a model's complete input. */
export interface InputSchema {
	required?: string[];
	properties: Record<string, Schema>;
	oneOf?: Schema[];
	anyOf?: Schema[];
}

/** The kind of file that a media field accepts. */
export type MediaKind = 'image' | 'video' | 'audio' | 'file';

/**
 * What models name differently and forms show as one parameter, which is named after the most common of Kie's names.
 * Switching the model keeps its value.
 */
export type SharedField =
	| 'aspect_ratio'
	| 'resolution'
	| 'duration'
	| 'sound'
	| 'image_urls'
	| 'first_frame_url'
	| 'last_frame_url'
	| 'reference_image_urls'
	| 'reference_video_urls'
	| 'reference_audio_urls'
	| 'style_image_urls'
	| 'video_urls'
	| 'audio_url'
	| 'mask_url';

/** The shared field that a field is, by its name; several fill a list in this order. */
export type SharedFields = Record<string, SharedField | SharedField[]>;

/** A rule across fields. `message` states it to the user in one sentence without a final period. */
export interface Rule {
	message: string;
	/** Whether a complete input follows the rule. */
	holds: (input: JsonObject) => boolean;
}

/** How an operation changes a model's form. */
export interface OperationForm {
	/** Fields that are optional for the model but required for this operation. */
	required?: string[];
	/** Fields that do not apply to this operation. */
	hidden?: string[];
	/** Fields with the only value that applies to this operation; sent as they are, not shown. */
	fixed?: JsonObject;
	/** Examples for the form, where they differ from those of the fields. */
	examples?: Record<string, string>;
	/** What fields are in this operation, if it differs from the model's `shared`. */
	shared?: SharedFields;
	/** Field values that select this form, if an operation has several forms; if absent, always. */
	when?: Record<string, Array<string | boolean>>;
}

/** Whether a model can still be expected to work. Legacy APIs say so in their title instead. */
export type ModelStatus = 'Retired' | 'Old Version' | 'Possibly Unavailable' | 'Unverified';

/** One option of a node's Model list. */
export interface Model {
	/** Market: the value of `model` in createTask. Other APIs: an ID of this package, unique in the node. */
	id: string;
	title: string;
	family: string;
	/** What the model is for, if its fields do not say it; a few words. */
	about?: string;
	/** Its place in the family, if the first number of its title does not say it; the highest is listed first. */
	generation?: number;
	/** The operations of the node that support the model. */
	operations: Record<string, OperationForm>;
	input: InputSchema;
	/** The fields that accept files, with their kind; `list[].file` is a field inside the entries of a list. */
	media: Record<string, MediaKind>;
	/** What fields are that `sharedNames` does not name, or names differently. */
	shared?: SharedFields;
	rules?: Rule[];
	/** Typical duration of a task, in seconds: the first guess of when to poll, until tasks have completed. */
	seconds: number;
	/** If absent, `market`. */
	api?: ApiName;
	/** The path that creates a task; only if the API has several. */
	path?: string;
	/** Fields sent as they are, not shown to the user. */
	fixed?: JsonObject;
	/** What its results have besides files; if absent, what the API's have. */
	result?: ResultShape;
	/** Shown after the title if the model may no longer work. */
	status?: ModelStatus;
}

/** Suno's dedicated API: each kind of task has its own record; `suno-now` has none, its response is the result. */
export type SunoApiName = Exclude<Extract<ApiName, `suno-${string}`>, 'suno-market'>;

/**
 * The same operation as a market model: the same fields in snake_case with the same values. Comments on the models name
 * what else it accepts.
 */
export interface MarketVariant {
	/** The value of `model` in createTask; the Suno version is part of the input. */
	id: string;
	/** Field names that differ from the snake_case of ours. */
	names?: Record<string, string>;
	/** Fields that the market variant does not have. */
	without?: string[];
}

/**
 * One call of the Suno API. An operation has several forms if a switch, such as Custom Mode, decides which fields apply.
 * The forms cover every combination of the fields in their `when`, and no two match at once. A missing field in `when`
 * has its default, a missing switch is off.
 */
export interface SunoModel extends Omit<Model, 'operations' | 'api' | 'path'> {
	resource: string;
	operations: Record<string, OperationForm[]>;
	api: SunoApiName;
	path: string;
	marketVariant: MarketVariant;
	/** The name of the callback URL, where it is another than `callBackUrl`; the call does not require one. */
	callbackField?: string;
}
