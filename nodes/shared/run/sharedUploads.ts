import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import pLimit from 'p-limit';

import type { Upload } from '../media/uploadFile';
import { uploadBinary } from '../media/uploadFile';

/** How many files one execution uploads side by side. */
const CONCURRENT_UPLOADS = 4;

/** Uploads the file of a binary field and returns its URL at Kie. */
export type SharedUpload = (binary: IBinaryData, signal: AbortSignal) => Promise<Upload>;

/** Uploads for one execution: a file that several items carry is uploaded once. */
export function sharedUploads(context: IExecuteFunctions): SharedUpload {
	const limit = pLimit(CONCURRENT_UPLOADS);
	const uploads = new Map<string, Promise<Upload>>();
	return async (binary, signal) => {
		const earlier = binary.id === undefined ? undefined : uploads.get(binary.id);
		const upload = earlier ?? limit(async () => await uploadBinary(context, binary, signal));
		if (binary.id !== undefined) uploads.set(binary.id, upload);
		return await upload;
	};
}
