import type { INodePropertyOptions } from 'n8n-workflow';

import { apiOptions } from '../shared/adapters';

/** The API that the incoming item names. */
export const OF_ITEM = 'ofItem';

const lookedUp = apiOptions(({ read }) => read !== undefined);

/** What the API list offers: what the item says, then every API whose tasks can be looked up. */
export const apiChoices: INodePropertyOptions[] = [
	{ name: 'From Item', value: OF_ITEM, description: 'The field api, which items of the Kie nodes have' },
	...lookedUp,
];

/** The values that can be looked up, for messages. */
export const lookedUpApis = lookedUp.map(({ value }) => value).join(', ');
