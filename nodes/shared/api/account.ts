import { createHash } from 'node:crypto';

import { trimEnd } from 'lodash';
import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	ISupplyDataFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { asText } from '../json';
import { inputError } from './inputError';

export const CREDENTIAL = 'kieAiApi';

/** The n8n contexts in which Kie is called. */
export type KieContext = IExecuteFunctions | ILoadOptionsFunctions | ISupplyDataFunctions | IWebhookFunctions;

/** A Kie account, from the credential. */
export interface Account {
	baseUrl: Record<'api' | 'upload', string>;
	apiKey: string;
	/** Identifies the account in this process without containing its API key. */
	id: string;
	/** The HMAC key of its callbacks, if the user has set one. */
	webhookSecret?: string;
	/** The credential as n8n needs it to sign a request; if absent, n8n reads it for each request. */
	credential?: ICredentialsDecrypted;
}

const accounts = new WeakMap<KieContext, Promise<Account>>();

/**
 * The account of a context, read once.
 * @throws NodeOperationError for a base URL that is not a URL.
 */
export async function readAccount(context: KieContext): Promise<Account> {
	const account =
		accounts.get(context) ?? ('getRequestObject' in context ? shareAccount(context) : newAccount(context));
	accounts.set(context, account);
	return await account;
}

async function newAccount(context: KieContext): Promise<Account> {
	return toAccount(context, await context.getCredentials(CREDENTIAL));
}

function toAccount(context: KieContext, credential: ICredentialDataDecryptedObject): Account {
	const apiKey = asText(credential.apiKey) ?? '';
	const api = readBaseUrl(context, 'API Base URL', asText(credential.baseUrl) ?? 'https://api.kie.ai');
	const upload = readBaseUrl(
		context,
		'Upload Base URL',
		asText(credential.uploadBaseUrl) ?? 'https://kieai.redpandaai.co',
	);
	const id = createHash('sha256').update(`${api} ${apiKey}`).digest('hex');
	return { baseUrl: { api, upload }, apiKey, id, webhookSecret: asText(credential.webhookSecret)?.trim() };
}

/** How long the deliveries to a webhook share its account, in milliseconds. */
const SHARED_MS = 2_000;
const sharedAccounts = new Map<string, { account: Promise<Account>; until: number }>();

/**
 * The account of a webhook, with its credential. For a webhook n8n creates a sandbox each time the credential is read, so
 * it is read once for the requests of a delivery, and once for the deliveries of a burst.
 */
async function shareAccount(context: IWebhookFunctions): Promise<Account> {
	const { id, credentials } = context.getNode();
	const key = [context.getWorkflow().id, id, credentials?.[CREDENTIAL]?.id].join(' ');
	const recent = sharedAccounts.get(key);
	if (recent !== undefined && Date.now() < recent.until) return await recent.account;
	const entry = { account: signingAccount(context), until: Infinity };
	sharedAccounts.set(key, entry);
	try {
		return await entry.account;
	} finally {
		entry.until = Date.now() + SHARED_MS;
	}
}

async function signingAccount(context: IWebhookFunctions): Promise<Account> {
	const data = await context.getCredentials(CREDENTIAL);
	return { ...toAccount(context, data), credential: { id: '', name: CREDENTIAL, type: CREDENTIAL, data } };
}

/** The base URL of Kie's API, from the credential. */
export async function apiBaseUrl(context: KieContext): Promise<string> {
	return (await readAccount(context)).baseUrl.api;
}

function readBaseUrl(context: KieContext, label: string, value: string): string {
	const url = trimEnd(value.trim(), '/');
	if (/^https?:\/\/[^\s/]+/i.test(url)) return url;
	throw inputError(context.getNode(), `'${label}' in the credential must start with https://`);
}

/** What Kie has sent, without the API key: whatever quotes it is stored with the execution and displayed. */
export function withoutKey<T>(content: T, apiKey: string): T {
	if (apiKey === '' || Buffer.isBuffer(content)) return content;
	const text = JSON.stringify(content);
	const key = JSON.stringify(apiKey).slice(1, -1);
	if (!text?.includes(key)) return content;
	const cleaned: T = JSON.parse(text.replaceAll(key, '…'));
	return cleaned;
}
