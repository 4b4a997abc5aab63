import type {
	IAuthenticateGeneric,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

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
			description: 'Only to check that callbacks come from Kie; create one at https://kie.ai/settings',
		},
		{
			displayName: 'API Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.kie.ai',
			description: 'Change it only to go through a proxy or to a test server',
		},
		{
			displayName: 'Upload Base URL',
			name: 'uploadBaseUrl',
			type: 'string',
			default: 'https://kieai.redpandaai.co',
			description: 'Where Kie takes file uploads; change it only to go through a proxy or to a test server',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.apiKey}}' } },
	};

	/** Asking for the balance costs nothing. Kie reports a bad key inside HTTP 200, so the body's code decides. */
	test: ICredentialTestRequest = {
		request: { baseURL: '={{$credentials.baseUrl}}', url: '/api/v1/chat/credit' },
		rules: [
			{
				type: 'responseSuccessBody',
				properties: { key: 'code', value: 401, message: 'Kie.ai does not accept this API key' },
			},
			{
				type: 'responseSuccessBody',
				properties: { key: 'code', value: 433, message: 'The limit of this Kie.ai sub-key is used up' },
			},
			{
				type: 'responseSuccessBody',
				properties: { key: 'code', value: 455, message: 'Kie.ai is being maintained, try again later' },
			},
			{
				type: 'responseSuccessBody',
				properties: { key: 'code', value: 500, message: 'Kie.ai could not answer, try again later' },
			},
		],
	};
}
