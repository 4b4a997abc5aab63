import type { IBinaryData, IExecuteFunctions, NodeApiError } from 'n8n-workflow';
import pLimit from 'p-limit';

import { failureError } from '../api/failure';
import { NOT_CHARGED } from '../api/inputError';
import type { Upload } from '../media/uploadFile';
import { uploadBinary } from '../media/uploadFile';

/** How many files one execution uploads side by side. */
const CONCURRENT_UPLOADS = 4;

/** The URLs at Kie of an item's binary fields, or why there are none. */
export type UploadedFields =
	{ kind: 'uploaded'; urls: Map<string, string> } | { kind: 'failed'; error: NodeApiError } | { kind: 'stopped' };

/** Uploads binary fields of an item. */
export type UploadFields = (itemIndex: number, fields: string[], signal: AbortSignal) => Promise<UploadedFields>;

/** Uploads for one execution: a file that several items have is uploaded once. */
export function sharedUploads(context: IExecuteFunctions): UploadFields {
	const limit = pLimit(CONCURRENT_UPLOADS);
	const uploads = new Map<string, Promise<Upload>>();
	const uploadOnce = async (binary: IBinaryData, signal: AbortSignal): Promise<Upload> => {
		const earlier = binary.id === undefined ? undefined : uploads.get(binary.id);
		const upload = earlier ?? limit(async () => await uploadBinary(context, binary, signal));
		if (binary.id !== undefined) uploads.set(binary.id, upload);
		return await upload;
	};

	return async (itemIndex, fields, signal) => {
		const results = await Promise.all(
			fields.map(async (field) => ({
				field,
				upload: await uploadOnce(context.helpers.assertBinaryData(itemIndex, field), signal),
			})),
		);
		const urls = new Map<string, string>();
		for (const { field, upload } of results) {
			if (upload.kind === 'ok') {
				urls.set(field, upload.url);
				continue;
			}
			if (upload.failure.kind === 'cancelled') return { kind: 'stopped' };
			const extra = `The binary field '${field}' could not be uploaded. ${NOT_CHARGED}`;
			return { kind: 'failed', error: failureError(context.getNode(), upload.failure, itemIndex, extra) };
		}
		return { kind: 'uploaded', urls };
	};
}
