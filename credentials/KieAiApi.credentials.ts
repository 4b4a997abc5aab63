import type { IAuthenticate, ICredentialTestRequest, ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

export class KieAiApi implements ICredentialType {
	name = 'kieAiApi';

	displayName = 'Kie.ai API';

	icon: Icon = { light: 'file:../icons/kie.svg', dark: 'file:../icons/kie.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-kie-ai/n8n-nodes-kie-ai#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Create one at https://kie.ai/api-key',
		},
		{
			displayName: 'Webhook HMAC Key',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Only needed to verify that callbacks come from Kie.ai. Create one at https://kie.ai/settings.',
		},
		{
			displayName: 'API Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.kie.ai',
			description: 'Only change this to use a proxy or a test server',
		},
		{
			displayName: 'Upload Base URL',
			name: 'uploadBaseUrl',
			type: 'string',
			default: 'https://kieai.redpandaai.co',
			description: 'The host for file uploads. Only change this to use a proxy or a test server.',
		},
	];

	/**
	 * Code, because n8n evaluates an expression for each request, in a sandbox that a webhook otherwise does not need.
	 * A property, because a method is lost when n8n copies the credential after an installation, and with it Custom API Call.
	 */
	authenticate: IAuthenticate = async ({ apiKey }, options) => ({
		...options,
		headers: { ...options.headers, Authorization: `Bearer ${String(apiKey)}` },
	});

	/** Reading the balance is free. Kie reports an invalid key with HTTP 200, so the `code` in the body decides. */
	test: ICredentialTestRequest = {
		request: { baseURL: '={{$credentials.baseUrl}}', url: '/api/v1/chat/credit' },
		rules: [
			{
				type: 'responseSuccessBody',
				properties: { key: 'code', value: 401, message: 'Kie.ai rejected the API key' },
			},
			{
				type: 'responseSuccessBody',
				properties: { key: 'code', value: 433, message: 'Kie.ai sub-key limit reached' },
			},
			{
				type: 'responseSuccessBody',
				properties: { key: 'code', value: 455, message: 'Kie.ai is under maintenance, try again later' },
			},
			{
				type: 'responseSuccessBody',
				properties: { key: 'code', value: 500, message: 'Kie.ai could not process the request, try again later' },
			},
		],
	};
}
