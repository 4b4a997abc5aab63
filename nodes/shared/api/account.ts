import { createHash } from 'node:crypto';

import { trimEnd } from 'lodash';
import type { IExecuteFunctions, ILoadOptionsFunctions, ISupplyDataFunctions, IWebhookFunctions } from 'n8n-workflow';

import { asText } from '../json';
import type { Failure } from './failure';
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
}

const accounts = new WeakMap<KieContext, Account>();

/**
 * The account of a context, read once.
 * @throws NodeOperationError for a base URL that is not a URL.
 */
export async function readAccount(context: KieContext): Promise<Account> {
	const cached = accounts.get(context);
	if (cached) return cached;
	const credential = await context.getCredentials<Record<string, string | undefined>>(CREDENTIAL);
	const { apiKey = '' } = credential;
	const api = readBaseUrl(context, 'API Base URL', credential.baseUrl || 'https://api.kie.ai');
	const upload = readBaseUrl(context, 'Upload Base URL', credential.uploadBaseUrl || 'https://kieai.redpandaai.co');
	const id = createHash('sha256').update(`${api} ${apiKey}`).digest('hex');
	const account = { baseUrl: { api, upload }, apiKey, id, webhookSecret: asText(credential.webhookSecret)?.trim() };
	accounts.set(context, account);
	return account;
}

/** How long the deliveries of a webhook share its account, in milliseconds. */
const SHARED_MS = 2_000;
const sharedAccounts = new Map<string, { reading: Promise<Account>; until: number }>();

/**
 * The account of a webhook. n8n creates a sandbox each time a webhook reads its credential, so the deliveries of a burst
 * share one read.
 */
export async function readSharedAccount(context: IWebhookFunctions): Promise<Account> {
	const { id, credentials } = context.getNode();
	const key = [context.getWorkflow().id, id, credentials?.[CREDENTIAL]?.id].join(' ');
	const recent = sharedAccounts.get(key);
	const isShared = recent !== undefined && Date.now() < recent.until;
	const entry = isShared ? recent : { reading: readAccount(context), until: Infinity };
	if (!isShared) {
		sharedAccounts.set(key, entry);
		const expire = () => {
			entry.until = Date.now() + SHARED_MS;
		};
		entry.reading.then(expire, expire);
	}
	const account = await entry.reading;
	accounts.set(context, account);
	return account;
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

/** Removes the API key from a reason, because Kie could quote it, and errors are stored and displayed. */
export function hideKey<F extends Failure>(failure: F, apiKey: string): F {
	return apiKey === '' ? failure : { ...failure, reason: failure.reason.replaceAll(apiKey, '…') };
}
