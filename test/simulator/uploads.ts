import busboy from 'busboy';
import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isUrl } from './json';
import { mimeType } from './media';
import type { Json, JsonObject, RecordedRequest, UploadedFile } from './types';
import type { World } from './world';

/** The File Upload API: its own envelope, with `success`, also with HTTP 200. */
export interface UploadAnswer {
	status?: number;
	body: JsonObject;
}

const keptBytes = 5 * 1024 * 1024;
const base64Bytes = 10 * 1024 * 1024;

export const rejectUpload = (code: number, msg: string): UploadAnswer => ({ body: { success: false, code, msg } });

/** The path and name of a file in a request. */
interface UploadTarget {
	uploadPath?: Json;
	fileName?: Json;
}

interface Received {
	size: number;
	sha256: string;
	bytes?: Buffer;
}

/** POST /api/file-stream-upload: multipart; a file is hashed as it arrives, and kept only if it is small. */
export function streamUpload(world: World, request: IncomingMessage, record: RecordedRequest): Promise<UploadAnswer> {
	return new Promise((resolve) => {
		const fields: Record<string, string> = {};
		const files: Array<{ field: string; name: string | undefined; type: string; received: Promise<Received> }> = [];
		const rejectForm = (error: unknown): void => {
			request.unpipe();
			request.resume();
			resolve(rejectUpload(400, `Invalid form: ${error instanceof Error ? error.message : String(error)}`));
		};
		const store = async (): Promise<UploadAnswer> => {
			const received = await Promise.all(files.map(async (file) => ({ ...file, received: await file.received })));
			const [file, ...otherFiles] = received;
			record.body = {
				...fields,
				files: received.map((part) => ({
					field: part.field,
					fileName: part.name ?? null,
					mimeType: part.type,
					size: part.received.size,
					sha256: part.received.sha256,
				})),
			};
			const unknown = [
				...Object.keys(fields).filter((name) => name !== 'uploadPath' && name !== 'fileName'),
				...received.map(({ field }) => field).filter((field) => field !== 'file'),
			];
			if (world.strict && unknown.length > 0) return rejectUpload(400, `Unknown parameter: ${unknown.join(', ')}`);
			if (!file) return rejectUpload(400, 'Missing required parameter: file');
			if (otherFiles.length > 0) return rejectUpload(400, 'Only one file is allowed');
			const type = file.type === 'application/octet-stream' ? mimeType(file.name ?? '') : file.type;
			return keep(world, fields, file.received, type, file.name);
		};
		try {
			const form = busboy({ headers: request.headers, defParamCharset: 'utf8' });
			form.on('field', (name, value) => (fields[name] = value));
			form.on('file', (field, stream, { filename, mimeType: type }) => {
				files.push({ field, name: filename, type, received: receive(stream) });
			});
			form.on('error', rejectForm);
			form.on('close', () => void store().then(resolve, rejectForm));
			request.pipe(form);
		} catch (error) {
			rejectForm(error);
		}
	});
}

/** POST /api/file-base64-upload */
export function base64Upload(world: World, body: JsonObject, record: RecordedRequest): UploadAnswer {
	const { base64Data, ...target } = body;
	record.body = {
		...target,
		...(typeof base64Data === 'string' && { base64Data: `${base64Data.slice(0, 40)}… (${base64Data.length})` }),
	};
	const rejection = rejectUnknownFields(world, body, 'base64Data');
	if (rejection) return rejection;
	if (typeof base64Data !== 'string' || base64Data === '')
		return rejectUpload(400, 'Missing required parameter: base64Data');
	const [head = '', type] = /^data:([\w.+/-]+)(?:;[\w=-]+)*;base64,/.exec(base64Data) ?? [];
	const data = base64Data.slice(head.length);
	if (data === '' || data.length % 4 !== 0 || /[^A-Za-z0-9+/]/.test(data.replace(/={1,2}$/, ''))) {
		return rejectUpload(400, 'Base64 decoding failed: Invalid Base64 format');
	}
	const bytes = Buffer.from(data, 'base64');
	if (bytes.length > base64Bytes) return rejectUpload(400, 'The file is larger than 10 MB');
	const name = typeof target.fileName === 'string' ? target.fileName : undefined;
	return keep(world, target, hashed(bytes), type ?? mimeType(name ?? ''), name);
}

/** POST /api/file-url-upload: the file is fetched within 30 seconds. */
export async function urlUpload(world: World, body: JsonObject): Promise<UploadAnswer> {
	const rejection = rejectUnknownFields(world, body, 'fileUrl');
	if (rejection) return rejection;
	const { fileUrl, ...target } = body;
	if (fileUrl === undefined || fileUrl === '') return rejectUpload(400, 'Missing required parameter: fileUrl');
	if (!isUrl(fileUrl)) return rejectUpload(400, 'Invalid fileUrl');
	try {
		const answer = await fetch(fileUrl, { signal: AbortSignal.timeout(30_000) });
		if (!answer.ok || !answer.body) return rejectUpload(400, `Failed to fetch the file: HTTP ${answer.status}`);
		const type = answer.headers.get('content-type')?.split(';')[0] ?? mimeType(fileUrl);
		return keep(world, target, await receive(answer.body), type, new URL(fileUrl).pathname.split('/').at(-1));
	} catch (error) {
		return rejectUpload(400, `Failed to fetch the file: ${error instanceof Error ? error.message : String(error)}`);
	}
}

function rejectUnknownFields(world: World, body: JsonObject, content: string): UploadAnswer | undefined {
	const unknown = Object.keys(body).filter((name) => ![content, 'uploadPath', 'fileName'].includes(name));
	return world.strict && unknown.length > 0 ? rejectUpload(400, `Unknown parameter: ${unknown.join(', ')}`) : undefined;
}

async function receive(stream: AsyncIterable<Uint8Array>): Promise<Received> {
	const hash = createHash('sha256');
	let size = 0;
	let chunks: Uint8Array[] | undefined = [];
	for await (const chunk of stream) {
		hash.update(chunk);
		size += chunk.length;
		if (size > keptBytes) chunks = undefined;
		chunks?.push(chunk);
	}
	return { size, sha256: hash.digest('hex'), ...(chunks && { bytes: Buffer.concat(chunks) }) };
}

const hashed = (bytes: Buffer): Received => ({
	size: bytes.length,
	sha256: createHash('sha256').update(bytes).digest('hex'),
	...(bytes.length <= keptBytes && { bytes }),
});

/** Stores a file, replacing an older one of the same path; without a name it gets a random one. */
function keep(
	world: World,
	target: UploadTarget,
	{ size, sha256, bytes }: Received,
	type: string,
	original?: string,
): UploadAnswer {
	const { uploadPath, fileName: requestedName } = target;
	if (uploadPath === undefined || uploadPath === '') return rejectUpload(400, 'Missing required parameter: uploadPath');
	if (typeof uploadPath !== 'string' || !/^[^/].*[^/]$|^[^/]$/.test(uploadPath))
		return rejectUpload(400, 'Invalid uploadPath');
	if (
		requestedName !== undefined &&
		(typeof requestedName !== 'string' || requestedName === '' || requestedName.includes('/'))
	) {
		return rejectUpload(400, 'Invalid fileName');
	}
	const extension = /\.\w+$/.exec(original ?? '')?.[0] ?? '';
	const fileName = requestedName ?? `${Date.now()}-${randomBytes(6).toString('hex').slice(0, 11)}${extension}`;
	const filePath = `kieai/100001/${uploadPath}/${fileName}`;
	const downloadUrl = `${world.url}/files/${filePath.split('/').map(encodeURIComponent).join('/')}`;
	const file: UploadedFile = {
		fileName,
		filePath,
		downloadUrl,
		fileSize: size,
		mimeType: type,
		uploadedAt: Date.now(),
		sha256,
		...(bytes && { bytes }),
	};
	world.uploads.set(filePath, file);
	return {
		body: {
			success: true,
			code: 200,
			msg: 'File uploaded successfully',
			data: {
				success: true,
				fileName,
				filePath,
				downloadUrl,
				fileSize: size,
				mimeType: type,
				uploadedAt: new Date(file.uploadedAt).toISOString(),
			},
		},
	};
}
