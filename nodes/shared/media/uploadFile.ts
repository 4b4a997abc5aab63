import type { IBinaryData, IExecuteFunctions, ISupplyDataFunctions } from 'n8n-workflow';

import { isObject, asText } from '../json';
import type { JsonObject } from '../json';
import type { Failure } from '../api/failure';
import { sendWithRetries } from '../api/request';

/** Folder of Kie's file store, unless the user names one; without a file name Kie makes a random one, so that equal names do not overwrite each other. */
export const UPLOAD_PATH = 'n8n';
/** A big file on a slow line; the connection may also be idle while Kie stores it. */
const UPLOAD_TIMEOUT_MS = 600_000;

/** The contexts in which a node has files of n8n's. */
type FileContext = IExecuteFunctions | ISupplyDataFunctions;

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

async function openFile(context: FileContext, binary: IBinaryData): Promise<File> {
	const name = binary.fileName ?? `file.${binary.fileExtension ?? 'bin'}`;
	if (binary.id === undefined) return new File([Buffer.from(binary.data, 'base64')], name, { type: binary.mimeType });
	const { fileSize } = await context.helpers.getBinaryMetadata(binary.id);
	const stream = await context.helpers.getBinaryStream(binary.id);
	return new StreamedFile(stream, fileSize, name, binary.mimeType);
}

/** An n8n binary, the URL of a file, or a file of up to 10 MB as Base64 (https://docs.kie.ai/file-upload-api/upload-file-base-64). */
export type UploadSource = { binary: IBinaryData } | { fileUrl: string } | { base64Data: string };

/** Where in Kie's file store a file goes, and its name there; left out, Kie makes one. */
export interface UploadPlace {
	uploadPath: string;
	fileName?: string;
}

/** `file` is all that Kie returns about the stored file (https://docs.kie.ai/file-upload-api/upload-file-stream). */
export type Upload = { kind: 'ok'; url: string; file: JsonObject } | { kind: 'failed'; failure: Failure };

/** Streams a binary to Kie's File Upload API and answers its address there. */
export async function uploadBinary(context: FileContext, binary: IBinaryData, signal: AbortSignal): Promise<Upload> {
	return await uploadFile(context, { binary }, { uploadPath: UPLOAD_PATH }, signal);
}

/** Puts a file into Kie's store. Uploads are free, so they are repeated on a fault. */
export async function uploadFile(
	context: FileContext,
	source: UploadSource,
	place: UploadPlace,
	signal: AbortSignal,
): Promise<Upload> {
	const answer = await sendWithRetries(context, {
		method: 'POST',
		host: 'upload',
		...('binary' in source ? streamed(context, source.binary, place) : asJson(source, place)),
		timeoutMs: UPLOAD_TIMEOUT_MS,
		signal,
	});
	if (answer.kind === 'failed') return answer;
	const file = isObject(answer.data) ? answer.data : {};
	const url = asText(file.downloadUrl) ?? asText(file.fileUrl);
	return url === undefined
		? { kind: 'failed', failure: { kind: 'unexpectedResponse', reason: 'The file was taken without an address' } }
		: { kind: 'ok', url, file };
}

function streamed(context: FileContext, binary: IBinaryData, place: UploadPlace) {
	return {
		path: '/api/file-stream-upload',
		body: async () => {
			const form = new FormData();
			form.append('file', await openFile(context, binary));
			for (const [name, value] of Object.entries(place)) form.append(name, value);
			return form;
		},
	};
}

function asJson(source: Exclude<UploadSource, { binary: IBinaryData }>, place: UploadPlace) {
	const path = 'fileUrl' in source ? '/api/file-url-upload' : '/api/file-base64-upload';
	return { path, body: { ...source, ...place } };
}
