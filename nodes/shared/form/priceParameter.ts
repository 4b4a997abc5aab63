import type { INodeProperties, INodePropertyTypeOptions } from 'n8n-workflow';

/** Shows the price of the selected model: a list with one choice that n8n loads again whenever one of these parameters changes. */
export function priceParameter(loadOptionsDependsOn: string[]): INodeProperties {
	const typeOptions: INodePropertyTypeOptions = { loadOptionsMethod: 'getPrice', loadOptionsDependsOn };
	return {
		displayName: 'Price',
		name: 'price',
		type: 'options',
		noDataExpression: true,
		typeOptions,
		default: '',
	};
}
