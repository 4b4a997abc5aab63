import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { isObject, text } from '../api/answer';
import type { Failure } from '../api/failure';
import { sendWithRetries } from '../api/request';

/** Folder of Kie's file store; without a file name Kie makes a random one, so that equal names do not overwrite each other. */
const UPLOAD_PATH = 'n8n';
/** A big file on a slow line; the connection may also be idle while Kie stores it. */
const UPLOAD_TIMEOUT_MS = 600_000;

/** A file of a form whose bytes are read from a stream when they are sent, instead of being held in memory. */
class StreamedFile extends File {
	readonly #source: AsyncIterable<Uint8Array>;

	override readonly size: number;

	constructor(source: AsyncIterable<Uint8Array>, size: number, name: string, type: string) {
		super([], name, { type });
		this.#source = source;
		this.size = size;
	}

	override stream(): ReturnType<File['stream']> {
		return ReadableStream.from(this.#source);
	}
}

async function openFile(context: IExecuteFunctions, binary: IBinaryData): Promise<File> {
	const name = binary.fileName ?? `file.${binary.fileExtension ?? 'bin'}`;
	if (binary.id === undefined) return new File([Buffer.from(binary.data, 'base64')], name, { type: binary.mimeType });
	const { fileSize } = await context.helpers.getBinaryMetadata(binary.id);
	const stream = await context.helpers.getBinaryStream(binary.id);
	return new StreamedFile(stream, fileSize, name, binary.mimeType);
}

export type Upload = { ok: true; url: string } | { ok: false; failure: Failure };

/** Streams a binary to Kie's File Upload API and answers its address there. Uploads are free, so they are repeated on a fault. */
export async function uploadBinary(
	context: IExecuteFunctions,
	binary: IBinaryData,
	signal: AbortSignal,
): Promise<Upload> {
	const answer = await sendWithRetries(context, {
		method: 'POST',
		host: 'upload',
		path: '/api/file-stream-upload',
		body: async () => {
			const form = new FormData();
			form.append('file', await openFile(context, binary));
			form.append('uploadPath', UPLOAD_PATH);
			return form;
		},
		timeoutMs: UPLOAD_TIMEOUT_MS,
		signal,
	});
	if (!answer.ok) return answer;
	const url = isObject(answer.data) ? (text(answer.data.downloadUrl) ?? text(answer.data.fileUrl)) : undefined;
	return url === undefined
		? { ok: false, failure: { kind: 'unreadable', reason: 'The file was taken without an address' } }
		: { ok: true, url };
}
