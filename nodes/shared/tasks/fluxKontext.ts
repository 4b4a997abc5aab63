import type { Adapter } from './adapter';
import { flatCreate, readAt } from './adapter';
import { parsedObject, urlsIn } from './snapshot';
import { successFlagSnapshot } from './successFlag';

/** The older form of Flux Kontext. `originImageUrl` dies after 10 minutes, so only the result counts (kie-api: dedicated/flux-kontext-api). */
export const fluxKontext: Adapter = {
	api: 'flux-kontext',
	create: flatCreate('/api/v1/flux/kontext/generate'),
	read: readAt('/api/v1/flux/kontext/record-info'),
	snapshot: (record) => successFlagSnapshot(record, urlsIn(parsedObject(record.response)?.resultImageUrl)),
};
