import type { INodeProperties } from 'n8n-workflow';

import { readBalance } from '../shared/api/balance';
import { failureError } from '../shared/api/failure';
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

/** The balance of the account. */
export const getCredits: ReadOperation = (context, itemIndex) => async (signal) => {
	const balance = await readBalance(context, { retries: true, signal });
	if (balance.kind === 'ok') return [{ json: { credits: balance.credits } }];
	throw failureError(context.getNode(), balance.failure, itemIndex);
};
