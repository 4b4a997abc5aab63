import type { Adapter } from './adapter';
import { flatCreate, readAt } from './adapter';
import { parsedObject, urlsIn } from './snapshot';
import { successFlagSnapshot } from './successFlag';

/** The legacy API of Flux Kontext (https://docs.kie.ai/flux-kontext-api/get-image-details). `originImageUrl` expires in 10 minutes. */
export const fluxKontext: Adapter = {
	api: 'flux-kontext',
	create: flatCreate('/api/v1/flux/kontext/generate'),
	read: readAt('/api/v1/flux/kontext/record-info'),
	snapshot: (record) => successFlagSnapshot(record, urlsIn(parsedObject(record.response)?.resultImageUrl)),
};
