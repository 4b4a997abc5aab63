import type { INodeType, INodeTypeDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { kieCommon } from '../shared/form/nodeHints';
import { triggerProperties } from './triggerParameters';
import { receiveCallback } from './receiveCallback';

export class KieTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kie Trigger',
		name: 'kieTrigger',
		icon: { light: 'file:../../icons/kieTrigger.svg', dark: 'file:../../icons/kieTrigger.dark.svg' },
		group: ['trigger'],
		// n8n evaluates an expression for each call of a webhook whose node has version 1.
		version: [1, 1.1],
		defaultVersion: 1.1,
		subtitle: '={{ $parameter["events"].map((event) => event.toTitleCase()).join(", ") }}',
		description: 'Trigger: starts the workflow when a Kie.ai task completes or fails',
		defaults: { name: 'Kie Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'kieAiApi', required: true }],
		builderHint: {
			searchHint:
				'Only for tasks created with Create Only whose Callback URL is the production URL of this trigger. A node in Create and Wait needs no trigger for its result.',
			relatedNodes: [kieCommon],
		},
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', responseData: 'noData', path: 'webhook' },
		],
		properties: triggerProperties,
	};

	/** There is nothing to register at Kie: each task has a callback URL of its own. */
	webhookMethods = {
		default: {
			async checkExists(): Promise<boolean> {
				return true;
			},
			async create(): Promise<boolean> {
				return true;
			},
			async delete(): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveCallback(this);
	}
}
