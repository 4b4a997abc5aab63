import type { INodeProperties } from 'n8n-workflow';

import { apiError, failureError } from '../shared/api/failure';
import { maxFileSize } from '../shared/form/optionParameters';
import { isObject } from '../shared/json';
import { downloadFile } from '../shared/media/downloadFile';
import { createDownloadUrl, DOWNLOAD_URL_MS } from '../shared/media/downloadUrl';
import { readMaxFileBytes } from '../shared/run/runOptions';
import { readRequired, readText, readUrl } from './readParameters';
import type { ReadOperation } from './itemOperation';

const url = {
	displayName: 'URL',
	name: 'url',
	type: 'string',
	default: '={{ $json.downloadUrl ?? $json.url ?? $json.urls?.[0] }}',
	required: true,
	placeholder: 'e.g. https://example.com/image.png',
	description: 'URL of a result or uploaded file. Defaults to the first file of the input item.',
	displayOptions: { show: { resource: ['file'], operation: ['download', 'getDownloadUrl'] } },
} satisfies INodeProperties;

const binaryProperty = {
	displayName: 'Put Output File in Field',
	name: 'binaryProperty',
	type: 'string',
	default: 'data',
	required: true,
	hint: 'The name of the output binary field to put the file in',
	displayOptions: { show: { resource: ['file'], operation: ['download'] } },
} satisfies INodeProperties;

export const downloadProperties: INodeProperties[] = [
	url,
	binaryProperty,
	{
		displayName: 'File Name',
		name: 'downloadName',
		type: 'string',
		default: '',
		placeholder: 'e.g. lighthouse.png',
		description:
			'Name of the downloaded file. If empty, the name is taken from the URL. The extension is set to match the file type.',
		displayOptions: { show: { resource: ['file'], operation: ['download'] } },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: { resource: ['file'], operation: ['download'] } },
		options: [maxFileSize],
	},
];

/** A temporary download URL, and when it expires. */
export const getDownloadUrl: ReadOperation = (context, itemIndex) => {
	const fileUrl = readUrl(context, url, itemIndex);
	return async (signal) => {
		const expiresAt = new Date(Date.now() + DOWNLOAD_URL_MS).toISOString();
		const created = await createDownloadUrl(context, fileUrl, signal);
		if (created.kind === 'ok') return [{ json: { downloadUrl: created.downloadUrl, expiresAt, url: fileUrl } }];
		const advice = `Kie.ai creates download URLs only for files that it generated or stored and that still exist. Requested file: ${fileUrl}`;
		throw failureError(context.getNode(), created.failure, itemIndex, advice);
	};
};

/** Streams a file into a binary field. */
export const download: ReadOperation = (context, itemIndex) => {
	const fileUrl = readUrl(context, url, itemIndex);
	const field = readRequired(context, binaryProperty, itemIndex);
	const name = readText(context, 'downloadName', itemIndex) || undefined;
	const options: unknown = context.getNodeParameter('options', itemIndex, {});
	const maxBytes = readMaxFileBytes(context, isObject(options) ? options.maxFileSize : undefined, itemIndex);
	return async (signal) => {
		const downloaded = await downloadFile(context, fileUrl, signal, { name, maxBytes });
		if (downloaded.kind === 'ok') {
			const { fileName, mimeType } = downloaded.binary;
			return [{ json: { url: fileUrl, fileName, mimeType }, binary: { [field]: downloaded.binary } }];
		}
		const { reason, kind, code } = downloaded.failure;
		throw apiError(context.getNode(), {
			message: `The file could not be downloaded: ${reason || kind} [item ${itemIndex}]`,
			description: `Check that ${fileUrl} still exists. Kie.ai keeps files for a limited time only.`,
			httpCode: code?.toString(),
			itemIndex,
		});
	};
};
