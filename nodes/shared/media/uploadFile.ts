import type { IBinaryData, IExecuteFunctions, ISupplyDataFunctions } from 'n8n-workflow';

import { isObject, asText } from '../json';
import type { JsonObject } from '../json';
import type { Failure } from '../api/failure';
import { sendWithRetries } from '../api/request';

/** The default folder in Kie's file store. */
export const UPLOAD_PATH = 'n8n';
/** Enough for a large file on a slow connection, which is also idle while Kie stores the file. */
const UPLOAD_TIMEOUT_MS = 600_000;

/** The contexts in which a node can read binary data. */
type FileContext = IExecuteFunctions | ISupplyDataFunctions;

/** A file of a form that is streamed when it is sent, instead of being held in memory. */
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

async function openFile(context: FileContext, binary: IBinaryData): Promise<File> {
	const name = binary.fileName ?? `file.${binary.fileExtension ?? 'bin'}`;
	if (binary.id === undefined) return new File([Buffer.from(binary.data, 'base64')], name, { type: binary.mimeType });
	const { fileSize } = await context.helpers.getBinaryMetadata(binary.id);
	const stream = await context.helpers.getBinaryStream(binary.id);
	return new StreamedFile(stream, fileSize, name, binary.mimeType);
}

/** An n8n binary, a URL that Kie fetches, or up to 10 MB as Base64 (https://docs.kie.ai/file-upload-api/upload-file-base-64). */
export type UploadSource =
	{ kind: 'binary'; binary: IBinaryData } | { kind: 'url'; fileUrl: string } | { kind: 'base64'; base64Data: string };

/** The folder in Kie's file store and the name there; without a name, Kie generates a unique one. */
export interface UploadPlace {
	uploadPath: string;
	fileName?: string;
}

/** `file` is all that Kie returns about the stored file (https://docs.kie.ai/file-upload-api/upload-file-stream). */
export type Upload = { kind: 'ok'; url: string; file: JsonObject } | { kind: 'failed'; failure: Failure };

/** Streams a binary to Kie's file store and returns its URL there. */
export async function uploadBinary(context: FileContext, binary: IBinaryData, signal: AbortSignal): Promise<Upload> {
	return await uploadFile(context, { kind: 'binary', binary }, { uploadPath: UPLOAD_PATH }, signal);
}

/** Uploads a file to Kie's file store. Uploads are free, so they are repeated after transient failures. */
export async function uploadFile(
	context: FileContext,
	source: UploadSource,
	place: UploadPlace,
	signal: AbortSignal,
): Promise<Upload> {
	const response = await sendWithRetries(context, {
		method: 'POST',
		host: 'upload',
		...uploadRequest(context, source, place),
		timeoutMs: UPLOAD_TIMEOUT_MS,
		signal,
	});
	if (response.kind === 'failed') return response;
	const file = isObject(response.data) ? response.data : {};
	const url = asText(file.downloadUrl) ?? asText(file.fileUrl);
	return url === undefined
		? { kind: 'failed', failure: { kind: 'unexpectedResponse', reason: 'The response does not contain a URL' } }
		: { kind: 'ok', url, file };
}

function uploadRequest(context: FileContext, source: UploadSource, place: UploadPlace) {
	switch (source.kind) {
		case 'binary':
			return { path: '/api/file-stream-upload', body: async () => await toForm(context, source.binary, place) };
		case 'url':
			return { path: '/api/file-url-upload', body: { fileUrl: source.fileUrl, ...place } };
		case 'base64':
			return { path: '/api/file-base64-upload', body: { base64Data: source.base64Data, ...place } };
	}
}

async function toForm(context: FileContext, binary: IBinaryData, place: UploadPlace): Promise<FormData> {
	const form = new FormData();
	form.append('file', await openFile(context, binary));
	form.append('uploadPath', place.uploadPath);
	if (place.fileName !== undefined) form.append('fileName', place.fileName);
	return form;
}
