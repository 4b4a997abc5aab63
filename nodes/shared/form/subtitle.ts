import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/**
 * Below a node's name on the canvas, n8n shows the result of an expression that sees only the values of the parameters;
 * of a resource locator, only its value.
 */

/** The choices of all parameters with this name. */
function choices(properties: INodeProperties[], name: string): INodePropertyOptions[] {
	return properties
		.filter((property) => property.name === name)
		.flatMap(({ options = [] }) => options.filter((option) => 'value' in option));
}

/** An expression for what the form shows for a value, or the value itself where the form does not know it. */
const shown = (names: Record<string, string>, value: string): string =>
	`(${JSON.stringify(names)})[${value}] ?? ${value}`;

/** The title of a chat model. */
export const modelSubtitle = (titles: Record<string, string>): string => `={{ ${shown(titles, '$parameter.model')} }}`;

/** The operation and the model of a media node: `Text to Video · Seedance 2.0 Fast`. */
export function mediaSubtitle(properties: INodeProperties[]): string {
	const names = (parameter: string) =>
		Object.fromEntries(choices(properties, parameter).map(({ name, value }) => [value, name]));
	const operation = shown(names('operation'), '$parameter.operation');
	const model = shown(names('model'), '$parameter.model');
	return `={{ [${operation}, $parameter.customModelId || (${model})].filter(Boolean).join(" · ") }}`;
}

/** The action of a node with resources, as n8n's node panel shows it: `Generate lyrics`. */
export function actionSubtitle(properties: INodeProperties[]): string {
	const actions = properties
		.filter(({ name }) => name === 'operation')
		.flatMap((property) =>
			(property.displayOptions?.show?.resource ?? []).flatMap((resource) =>
				choices([property], 'operation').map(({ name, value, action = name }) => [`${resource} ${value}`, action]),
			),
		);
	return `={{ ${shown(Object.fromEntries(actions), '[$parameter.resource, $parameter.operation].join(" ")')} }}`;
}
