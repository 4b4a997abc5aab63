import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { asText, isObject, nonEmptyFields } from '../shared/json';
import type { JsonObject } from '../shared/json';
import { failureError } from '../shared/api/failure';
import type { UploadPlace, UploadSource } from '../shared/media/uploadFile';
import { UPLOAD_PATH, uploadFile } from '../shared/media/uploadFile';
import { isoTime } from '../shared/adapters/taskStatus';
import { badInput, readRequired, readUrl } from './readParameters';
import type { ReadOperation } from './itemOperation';

/** How long Kie keeps an upload; its pages also say 3 days (https://docs.kie.ai/file-upload-api/upload-file-stream). */
const KEPT_MS = 24 * 3_600_000;
/** Maximum for Base64; larger files are streamed (https://docs.kie.ai/file-upload-api/upload-file-base-64). */
const BASE64_MB = 10;
const MB = 1024 * 1024;

const uploading = { resource: ['file'], operation: ['upload'] };

const binaryField = {
	displayName: 'Input Binary Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	hint: 'The name of the input binary field containing the file to be uploaded',
	displayOptions: { show: { ...uploading, uploadFrom: ['binary'] } },
} satisfies INodeProperties;

const fileUrl = {
	displayName: 'File URL',
	name: 'fileUrl',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. https://example.com/image.png',
	description: 'Address from which Kie.ai can fetch the file within 30 seconds; up to about 100 MB',
	displayOptions: { show: { ...uploading, uploadFrom: ['url'] } },
} satisfies INodeProperties;

const base64Data = {
	displayName: 'Base64 Data',
	name: 'base64Data',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	required: true,
	placeholder: 'e.g. data:image/png;base64,iVBORw0KGgo…',
	description: `The file as Base64, plain or as a data URL; up to ${BASE64_MB} MB`,
	displayOptions: { show: { ...uploading, uploadFrom: ['base64'] } },
} satisfies INodeProperties;

export const uploadProperties: INodeProperties[] = [
	{
		displayName: 'Upload From',
		name: 'uploadFrom',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Base64', value: 'base64', description: 'Text that holds a small file' },
			{ name: 'Binary Field', value: 'binary', description: 'A file of the item, of any size' },
			{ name: 'URL', value: 'url', description: 'A file on the web, which Kie.ai fetches' },
		],
		default: 'binary',
		displayOptions: { show: uploading },
	},
	binaryField,
	fileUrl,
	base64Data,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: uploading },
		options: [
			{
				displayName: 'File Name',
				name: 'fileName',
				type: 'string',
				default: '',
				placeholder: 'e.g. lighthouse.png',
				description:
					'Name in the store, with extension. A file of the same name is replaced. Left out, Kie.ai makes a name that nobody has.',
			},
			{
				displayName: 'Folder',
				name: 'uploadPath',
				type: 'string',
				default: UPLOAD_PATH,
				placeholder: 'e.g. images/products',
				description: 'Folder in the store',
			},
		],
	},
];

/** Stores a file at Kie's, from where every model can take it; the output says until when. */
export const upload: ReadOperation = (context, itemIndex) => {
	const source = readSource(context, itemIndex);
	const place = readPlace(context, itemIndex);
	return async (signal) => {
		const uploaded = await uploadFile(context, source, place, signal);
		if (uploaded.kind === 'ok') return [{ json: storedFile(uploaded.url, uploaded.file) }];
		throw failureError(context.getNode(), uploaded.failure, itemIndex, 'The file was not uploaded.');
	};
};

function readSource(context: IExecuteFunctions, itemIndex: number): UploadSource {
	switch (context.getNodeParameter('uploadFrom', itemIndex)) {
		case 'url':
			return { fileUrl: readUrl(context, fileUrl, itemIndex) };
		case 'base64':
			return { base64Data: readBase64(context, itemIndex) };
		default: {
			const name = readRequired(context, binaryField, itemIndex);
			const fields = context.getInputData()[itemIndex]?.binary ?? {};
			const binary = Object.hasOwn(fields, name) ? fields[name] : undefined;
			if (binary) return { binary };
			const has = Object.keys(fields).join(', ') || 'none';
			throw badInput(
				context,
				`'${binaryField.displayName}' names no binary field of the item: ${name}`,
				itemIndex,
				`The item's binary fields: ${has}.`,
			);
		}
	}
}

/** By what must not be in it: matching millions of letters would overflow the stack of the regular expression. */
function isBase64(data: string): boolean {
	return data !== '' && data.length % 4 === 0 && !/[^A-Za-z0-9+/]/.test(data.replace(/={1,2}$/, ''));
}

function readBase64(context: IExecuteFunctions, itemIndex: number): string {
	const label = `'${base64Data.displayName}'`;
	const given = readRequired(context, base64Data, itemIndex).replace(/\s+/g, '');
	const data = given.replace(/^data:[^,]*;base64,/i, '');
	if (!isBase64(data)) throw badInput(context, `${label} has to be Base64, plain or as a data URL`, itemIndex);
	const bytes = Buffer.byteLength(data, 'base64');
	if (bytes <= BASE64_MB * MB) return given;
	throw badInput(
		context,
		`${label} holds ${(bytes / MB).toFixed(1)} MB, and Kie.ai takes up to ${BASE64_MB} MB as Base64`,
		itemIndex,
		'Give a larger file as a binary field or a URL.',
	);
}

function readPlace(context: IExecuteFunctions, itemIndex: number): UploadPlace {
	const options: unknown = context.getNodeParameter('options', itemIndex, {});
	const { fileName: name, uploadPath: folder } = isObject(options) ? options : {};
	const fileName = asText(name)?.trim();
	if (fileName !== undefined && /[\\/]/.test(fileName))
		throw badInput(context, `'File Name' must not hold a slash: ${fileName}`, itemIndex, "Folders go to 'Folder'.");
	// Kie refuses slashes at the ends.
	const uploadPath =
		asText(folder)
			?.trim()
			.replace(/^\/+|\/+$/g, '') || UPLOAD_PATH;
	return { uploadPath, ...(fileName === undefined ? {} : { fileName }) };
}

function storedFile(url: string, { fileName, fileSize, mimeType, uploadedAt }: JsonObject): IDataObject {
	const storedAt = isoTime(uploadedAt) ?? new Date().toISOString();
	const expiresAt = new Date(Date.parse(storedAt) + KEPT_MS).toISOString();
	return nonEmptyFields({ fileName, url, fileSize, mimeType, uploadedAt: storedAt, expiresAt });
}
