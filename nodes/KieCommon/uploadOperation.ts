import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { trim } from 'lodash';
import { asText, isObject, nonEmptyFields, ownValue } from '../shared/json';
import type { JsonObject } from '../shared/json';
import { failureError } from '../shared/api/failure';
import { inputError } from '../shared/api/inputError';
import { parseBase64 } from '../shared/media/base64';
import type { UploadPlace, UploadSource } from '../shared/media/uploadFile';
import { UPLOAD_PATH, uploadFile } from '../shared/media/uploadFile';
import { isoTime } from '../shared/adapters/taskStatus';
import { readRequired, readUrl } from './readParameters';
import type { ReadOperation } from './itemOperation';

/** How long Kie keeps an upload; its documentation also says 3 days (https://docs.kie.ai/file-upload-api/upload-file-stream). */
const KEPT_MS = 24 * 3_600_000;
/** The maximum for Base64; larger files are streamed (https://docs.kie.ai/file-upload-api/upload-file-base-64). */
const BASE64_MB = 10;
const MB = 1024 * 1024;

const shownFor = { resource: ['file'], operation: ['upload'] };

const binaryField = {
	displayName: 'Input Binary Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	hint: 'The name of the input binary field containing the file to be uploaded',
	displayOptions: { show: { ...shownFor, uploadFrom: ['binary'] } },
} satisfies INodeProperties;

const fileUrl = {
	displayName: 'File URL',
	name: 'fileUrl',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. https://example.com/image.png',
	description: 'URL from which Kie.ai fetches the file, within 30 seconds. The maximum size is about 100 MB.',
	displayOptions: { show: { ...shownFor, uploadFrom: ['url'] } },
} satisfies INodeProperties;

const base64Data = {
	displayName: 'Base64 Data',
	name: 'base64Data',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	required: true,
	placeholder: 'e.g. data:image/png;base64,iVBORw0KGgo…',
	description: `The file content in Base64, with or without a data URL prefix, at most ${BASE64_MB} MB`,
	displayOptions: { show: { ...shownFor, uploadFrom: ['base64'] } },
} satisfies INodeProperties;

export const uploadProperties: INodeProperties[] = [
	{
		displayName: 'Upload From',
		name: 'uploadFrom',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Base64', value: 'base64', description: 'A Base64 string, for small files' },
			{ name: 'Binary Field', value: 'binary', description: 'A binary field of the input item, for files of any size' },
			{ name: 'URL', value: 'url', description: 'A public URL, from which Kie.ai fetches the file' },
		],
		default: 'binary',
		displayOptions: { show: shownFor },
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
		displayOptions: { show: shownFor },
		options: [
			{
				displayName: 'File Name',
				name: 'fileName',
				type: 'string',
				default: '',
				placeholder: 'e.g. lighthouse.png',
				description:
					'File name with extension. Replaces an uploaded file of the same name. If empty, Kie.ai generates a unique name.',
			},
			{
				displayName: 'Folder',
				name: 'uploadPath',
				type: 'string',
				default: UPLOAD_PATH,
				placeholder: 'e.g. images/products',
				description: 'Folder in the file store of Kie.ai',
			},
		],
	},
];

/** Uploads a file for use as model input. */
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
			return { kind: 'url', fileUrl: readUrl(context, fileUrl, itemIndex) };
		case 'base64':
			return { kind: 'base64', base64Data: readBase64(context, itemIndex) };
		default: {
			const name = readRequired(context, binaryField, itemIndex);
			const fields = context.getInputData()[itemIndex]?.binary ?? {};
			const binary = ownValue(fields, name);
			if (binary) return { kind: 'binary', binary };
			const available = Object.keys(fields).join(', ') || 'none';
			throw inputError(
				context.getNode(),
				`The input item has no binary field '${name}'`,
				itemIndex,
				`Set '${binaryField.displayName}' to a binary field of the item. Available: ${available}.`,
			);
		}
	}
}

function readBase64(context: IExecuteFunctions, itemIndex: number): string {
	const label = `'${base64Data.displayName}'`;
	const file = parseBase64(readRequired(context, base64Data, itemIndex));
	if (!file) {
		const message = `${label} must be Base64, with or without a data URL prefix`;
		throw inputError(context.getNode(), message, itemIndex);
	}
	if (file.bytes <= BASE64_MB * MB) return file.base64Data;
	throw inputError(
		context.getNode(),
		`${label} must be at most ${BASE64_MB} MB (got ${(file.bytes / MB).toFixed(1)} MB)`,
		itemIndex,
		'Upload larger files from a binary field or a URL.',
	);
}

function readPlace(context: IExecuteFunctions, itemIndex: number): UploadPlace {
	const options: unknown = context.getNodeParameter('options', itemIndex, {});
	const { fileName: name, uploadPath: folder } = isObject(options) ? options : {};
	const fileName = asText(name)?.trim();
	if (fileName !== undefined && /[\\/]/.test(fileName))
		throw inputError(
			context.getNode(),
			`'File Name' must not contain slashes (got ${fileName})`,
			itemIndex,
			"Set the folder in 'Folder'.",
		);
	// Kie rejects slashes at either end.
	return { uploadPath: trim(asText(folder), '/ ') || UPLOAD_PATH, fileName };
}

function storedFile(url: string, { fileName, fileSize, mimeType, uploadedAt }: JsonObject): IDataObject {
	const storedAt = isoTime(uploadedAt) ?? new Date().toISOString();
	const expiresAt = new Date(Date.parse(storedAt) + KEPT_MS).toISOString();
	return nonEmptyFields({ url, fileName, fileSize, mimeType, uploadedAt: storedAt, expiresAt });
}
