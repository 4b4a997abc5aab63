import type { INodePropertyOptions } from 'n8n-workflow';

import { apiOptions } from '../shared/adapters';

/** The API that the input item names. */
export const OF_ITEM = 'ofItem';

const readable = apiOptions(({ read }) => read !== undefined);

/** The choices of the API list: the API of the item, and every API whose tasks can be read. */
export const apiChoices: INodePropertyOptions[] = [
	{ name: 'From Item', value: OF_ITEM, description: 'The API in the api field that other Kie nodes return' },
	...readable,
];

/** The values of these APIs, for messages. */
export const readableApis = readable.map(({ value }) => value).join(', ');
