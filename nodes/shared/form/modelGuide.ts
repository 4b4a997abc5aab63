import type { IBuilderHint, INodeProperties } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { USING_FIELDS } from './formParameters';

/**
 * The models of each operation and what the default one requires, for language models that build workflows. Of several
 * parameters with one name, such as the Model lists, n8n's definition of a node shows only the first.
 */
export function modelGuide(properties: INodeProperties[]): NonNullable<IBuilderHint['extraTypeDefContent']> {
	const offered = properties.find(({ name }) => name === 'operation')?.options ?? [];
	const lists = properties.filter(({ name }) => name === 'model');
	const lines = offered.flatMap((operation) => {
		if (!('value' in operation)) return [];
		const { value } = operation;
		const list = lists.find(({ displayOptions }) => displayOptions?.show?.operation?.includes(value));
		return list ? [`- ${value}: ${describeList(properties, String(value), list)}`] : [];
	});
	const content = [
		'Set operation and model explicitly. Models of each operation, the default first. Of several parameters with one name, the type below has only the first:',
		'what an operation requires here is set in it, whatever operations and models @displayOptions name.',
		...lines,
	];
	return [{ content: content.join('\n') }];
}

function describeList(properties: INodeProperties[], operation: string, list: INodeProperties): string {
	const preset = String(list.default);
	const values = { operation, model: preset, specifyInput: USING_FIELDS };
	const required = properties.filter(
		(property) => property.required && NodeHelpers.displayParameter(values, property, null, null),
	);
	const requires = required.length > 0 ? ` (requires ${required.map(({ name }) => name).join(', ')})` : '';
	const ids = (list.options ?? []).flatMap((option) => ('value' in option ? [String(option.value)] : []));
	return [`${preset}${requires}`, ...ids.filter((id) => id !== preset)].join(', ');
}
