import type { Json, JsonObject } from '../json';

/** The words of JSON Schema 2020-12 that Kie's models need. `description` has no final period. */
export interface Schema {
	title?: string;
	description?: string;
	type?: SchemaType | SchemaType[];
	enum?: Array<string | number>;
	/** Names for the values of `enum` that say nothing to people, such as ids of voices. */
	enumNames?: Record<string, string>;
	/** `enum` is what is known; Kie takes other values too, such as cloned voices. */
	open?: boolean;
	const?: Json;
	default?: Json;
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
	allOf?: Schema[];
	anyOf?: Schema[];
	oneOf?: Schema[];
	not?: Schema;
	if?: Schema;
	then?: Schema;
	deprecated?: boolean;
	/** The n8n expression that takes the value from the incoming item, such as the ID of the task before. */
	fromItem?: string;
}

export type SchemaType = 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object' | 'null';

/** Schema of a model's whole input. */
export interface InputSchema {
	required?: string[];
	properties: Record<string, Schema>;
	oneOf?: Schema[];
	anyOf?: Schema[];
}

/** What a file given to a model has to be. */
export type MediaKind = 'image' | 'video' | 'audio' | 'file';

/**
 * A rule across fields. Its other words have to hold where `if` holds (left out: always); a word that speaks of a field
 * which is not set holds. `message` says the rule to the user in one plain sentence without a final period.
 */
export interface Rule {
	message: string;
	if?: Schema;
	/** Schema of the whole input. */
	then?: Schema;
	/** Array fields with as many entries as each other. */
	sameLength?: [string, string];
	/** How many entries array fields may have together. */
	maxItemsOf?: { fields: EntryCount[]; max: number };
	/**
	 * How large the field `of` of all entries of an array may be together: its number, or the length of its text.
	 * A `max` that is text names the field of the input that holds it (a number or text that is one; or its default).
	 */
	maxSumOf?: { array: string; of: string; max: number | string };
	/** `to` less `from` of every entry, each with its default where left out. */
	span?: { array: string; from: string; to: string; min: number; max: number; where?: Schema };
	/** `to` less `from`, two number fields of the input to two decimals, each with its default where left out. */
	gap?: { from: string; to: string; min: number; max?: number };
	/** The field `of` of every entry of `array` has a value that it also has in an entry of `in`. */
	known?: { array: string; of: string; in: string };
}

/** The entries of an array field that count: those of the form `where` (left out: all), each for `weight` (left out: 1). */
export interface EntryCount {
	field: string;
	weight?: number;
	where?: Schema;
}

/** The APIs of Kie that serve media models; each has an adapter in `tasks/`. */
export type ApiName =
	| 'market'
	| 'gpt4o-image'
	| 'flux-kontext'
	| 'midjourney'
	| 'veo'
	| 'veo-1080p'
	| 'runway'
	| 'aleph'
	| 'luma'
	| 'omni-audio'
	| 'omni-character'
	| 'seedance-asset'
	| 'suno-music'
	| 'suno-lyrics'
	| 'suno-wav'
	| 'suno-stems'
	| 'suno-midi'
	| 'suno-video'
	| 'suno-cover'
	| 'suno-voice-phrase'
	| 'suno-voice'
	| 'suno-recovery'
	| 'suno-now'
	| 'suno-market';

/** What can be changed in a model's form for one operation. */
export interface OperationForm {
	/** Fields that are optional for the model and required for this operation. */
	required?: string[];
	/** Fields that make no sense in this operation. */
	hidden?: string[];
	/** Fields of the model with the one value that makes sense in this operation; sent as they are and not shown. */
	fixed?: JsonObject;
	/** Values of fields of the same form for which it holds, where an operation has several forms; left out: always. */
	when?: Record<string, Array<string | boolean>>;
}

/** One choice of a node's Model list. */
export interface Model {
	/** Market: the value of `model` in createTask. Other APIs: a name of ours, unique in the node. */
	id: string;
	title: string;
	family: string;
	/** The operations of the node that offer the model. */
	operations: Record<string, OperationForm>;
	input: InputSchema;
	/** The fields that take files, and what kind of file; `list[].file` is a field of the entries of a list. */
	media: Record<string, MediaKind>;
	rules?: Rule[];
	/** How long a task usually takes, in seconds; decides when waiting looks first. */
	seconds: number;
	/** Left out: market. */
	api?: ApiName;
	/** Where a task of the model is created; only where the API has several paths. */
	path?: string;
	/** Fields sent as they are, which the user does not see. */
	fixed?: JsonObject;
	/** Shown after the title: "Retired", or another word on whether it still answers. */
	status?: string;
}

/** Suno's own API: each kind of task has a record of its own; `suno-now` has none, its answer is the result. */
export type SunoApiName = Exclude<Extract<ApiName, `suno-${string}`>, 'suno-market'>;

/**
 * The form of the same operation in the market. Its fields are ours in snake_case, its values are the same; where it
 * takes a longer text or needs less, a comment says so.
 */
export interface Twin {
	/** The value of `model` in createTask; the version of Suno goes into its input. */
	id: string;
	/** Its names of fields that are not just ours in snake_case. */
	names?: Record<string, string>;
	/** Fields of ours that it does not have. */
	without?: string[];
}

/**
 * One call of the Suno API. An operation has several forms where a switch, such as Custom Mode, decides which fields
 * count; together they cover every combination of the fields in their `when`, and no two of them hold at once. A field
 * in `when` that is left out counts with its default, a switch as off.
 */
export interface SunoModel extends Omit<Model, 'operations' | 'api' | 'path'> {
	resource: string;
	operations: Record<string, OperationForm[]>;
	api: SunoApiName;
	path: string;
	twin: Twin;
	/** The call knows no callback address, where others of its API do. */
	withoutCallback?: boolean;
}
