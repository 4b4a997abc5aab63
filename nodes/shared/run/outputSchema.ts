import { pick } from 'lodash';

import type { ResultField, ResultFields, ResultShape } from '../adapters/resultShape';
import { listOf, NUMBER, objectOf, TEXT } from '../adapters/resultShape';
import type { MediaNodeDefinition } from '../form/mediaNodeDefinition';
import { resultOfModel } from '../form/modelResult';
import { CUSTOM_MODEL } from '../form/operation';

/**
 * JSON Schemas of what the nodes return, which the build writes to where n8n looks for them: its editor shows the fields of
 * a node that has not run yet. Each is the Simplify output; see `taskJson` in outputItems.ts for the order.
 */

/** The schemas of a node, by operation or `resource/operation`; '' where a node has neither. */
export type OutputSchemas = Record<string, ResultField>;

/** The fields of a song that stand beside the list of tracks. */
const TRACK_FIELDS = ['title', 'duration', 'imageUrl'];

/** What is known of a task besides its result. */
const TASK_FIELDS: ResultFields = {
	creditsConsumed: NUMBER,
	state: TEXT,
	model: TEXT,
	durationMs: NUMBER,
	createdAt: TEXT,
	completedAt: TEXT,
};

/** What is known of a model whose fallback has taken over; see `failedModel` in fallback.ts. */
const FALLBACK_FIELDS: ResultFields = {
	fallbackFor: objectOf({ model: TEXT, taskId: TEXT, creditsConsumed: NUMBER, error: TEXT }),
};

/** The schema of a task's output; `results`: what it may have, `extra`: what the node adds. */
export function taskSchema(results: ResultShape[], extra: ResultFields = {}): ResultField {
	const fields: ResultFields = Object.assign({}, ...results.map((result) => result.fields));
	const { text, ...others } = fields;
	const track = others.tracks?.items?.properties ?? {};
	return objectOf({
		...(hasFiles(results) && { url: TEXT, urls: listOf(TEXT) }),
		...(text && { text }),
		...pick(track, TRACK_FIELDS),
		...others,
		...TASK_FIELDS,
		...extra,
		taskId: TEXT,
		api: TEXT,
	});
}

function hasFiles(results: ResultShape[]): boolean {
	return results.length === 0 || results.some(({ withoutFiles }) => !withoutFiles);
}

/** The schemas of a media node, by operation. */
export function mediaSchemas({ operations, models }: MediaNodeDefinition): OutputSchemas {
	const schemaOf = (operation: string) =>
		taskSchema(models.filter((model) => operation in model.operations).map(resultOfModel), FALLBACK_FIELDS);
	return Object.fromEntries(
		[...operations.map(({ value }) => value), CUSTOM_MODEL].map((operation) => [operation, schemaOf(operation)]),
	);
}
