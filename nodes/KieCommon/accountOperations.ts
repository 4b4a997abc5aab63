import type { INodeProperties } from 'n8n-workflow';

import { asNumber } from '../shared/json';
import { failureError } from '../shared/api/failure';
import { kieRequest } from '../shared/api/request';
import type { ReadOperation } from './itemOperation';

export const accountProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['account'] } },
		options: [
			{
				name: 'Get Credits',
				value: 'getCredits',
				action: 'Get credits',
				description: 'Get the remaining credits of the account',
			},
		],
		default: 'getCredits',
	},
];

/** The balance of the account, which can be fractional (https://docs.kie.ai/common-api/get-account-credits). */
export const getCredits: ReadOperation = (context, itemIndex) => async (signal) => {
	const data = await kieRequest(context, { method: 'GET', path: '/api/v1/chat/credit', signal }, itemIndex);
	const credits = asNumber(data);
	if (credits !== undefined) return [{ json: { credits } }];
	throw failureError(
		context.getNode(),
		{ kind: 'unexpectedResponse', reason: 'The response does not contain a balance' },
		itemIndex,
	);
};
