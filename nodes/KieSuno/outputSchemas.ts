import { adapters } from '../shared/adapters';
import type { ResultField, ResultShape } from '../shared/adapters/resultShape';
import { objectOf, TEXT } from '../shared/adapters/resultShape';
import { sunoModels } from '../shared/catalogue/suno';
import { resultOfModel } from '../shared/form/modelResult';
import type { OutputSchemas } from '../shared/run/outputSchema';
import { taskSchema } from '../shared/run/outputSchema';
import { sourceTrackApis } from './readSunoJob';
import { sunoGets } from './sunoOperations';

const sourceTrack = { sourceTaskId: TEXT, audioId: TEXT };
/** Why a task failed, for operations that read a task as it stands. */
const failure = objectOf({ code: TEXT, reason: TEXT });

const created = sunoModels.flatMap((model) =>
	Object.keys(model.operations).map((operation): [string, ResultField] => [
		`${model.resource}/${operation}`,
		taskSchema([resultOfModel(model)], sourceTrackApis.includes(model.api) ? sourceTrack : {}),
	]),
);

const read = Object.entries(sunoGets).flatMap(([resource, gets]) =>
	Object.entries(gets).map(([operation, api]): [string, ResultField] => {
		const { result = { fields: {} } }: { result?: ResultShape } = adapters[api];
		return [`${resource}/${operation}`, taskSchema([result], { failure })];
	}),
);

export const outputSchemas: OutputSchemas = Object.fromEntries([...created, ...read]);
