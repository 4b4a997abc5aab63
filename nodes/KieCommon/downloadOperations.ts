import type { INodeProperties } from 'n8n-workflow';

import { asText } from '../shared/json';
import { apiError, failureError } from '../shared/api/failure';
import { sendWithRetries } from '../shared/api/request';
import { downloadFile } from '../shared/media/downloadFile';
import { readRequired, readText, readUrl } from './readParameters';
import type { ReadOperation } from './itemOperation';

/** How long a download URL works (https://docs.kie.ai/common-api/download-url). */
const LINK_MS = 20 * 60_000;

const url = {
	displayName: 'URL',
	name: 'url',
	type: 'string',
	default: '={{ $json.downloadUrl ?? $json.url ?? $json.urls?.[0] }}',
	required: true,
	placeholder: 'e.g. https://example.com/image.png',
	description: 'Address of a result file or of an uploaded file. As it is, the first file of the item.',
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
		description: 'Name of the file; left out, as in its address. The extension follows from what the file is.',
		displayOptions: { show: { resource: ['file'], operation: ['download'] } },
	},
];

/** A link to a file of Kie's, for hosts that refuse a direct download, and until when it works. */
export const getDownloadUrl: ReadOperation = (context, itemIndex) => {
	const address = readUrl(context, url, itemIndex);
	return async (signal) => {
		const askedAt = Date.now();
		const answer = await sendWithRetries(context, {
			method: 'POST',
			path: '/api/v1/common/download-url',
			body: { url: address },
			signal,
		});
		const downloadUrl = answer.kind === 'ok' ? asText(answer.data) : undefined;
		if (downloadUrl !== undefined) {
			const expiresAt = new Date(askedAt + LINK_MS).toISOString();
			return [{ json: { downloadUrl, expiresAt, url: address } }];
		}
		const failure =
			answer.kind === 'ok'
				? { kind: 'unexpectedResponse' as const, reason: 'The answer holds no address' }
				: answer.failure;
		const advice = `Kie.ai makes links only to files that it has made or stored and still has. This was asked for: ${address}`;
		throw failureError(context.getNode(), failure, itemIndex, advice);
	};
};

/** Streams a file into a binary field; where its host refuses, by Kie's download link. */
export const download: ReadOperation = (context, itemIndex) => {
	const address = readUrl(context, url, itemIndex);
	const field = readRequired(context, binaryProperty, itemIndex);
	const name = readText(context, 'downloadName', itemIndex) || undefined;
	return async (signal) => {
		const downloaded = await downloadFile(context, address, signal, name);
		if (downloaded.kind === 'ok') {
			const { fileName, mimeType } = downloaded.binary;
			return [{ json: { url: address, fileName, mimeType }, binary: { [field]: downloaded.binary } }];
		}
		const { reason, kind, code } = downloaded.failure;
		throw apiError(context.getNode(), {
			message: `The file could not be downloaded: ${reason || kind} [item ${itemIndex}]`,
			description: `Check that ${address} still exists; Kie.ai keeps files for a short time only.`,
			httpCode: code?.toString(),
			itemIndex,
		});
	};
};
