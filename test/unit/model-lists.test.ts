import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { audioNode } from '../../nodes/KieAudio/audioNode';
import { imageNode } from '../../nodes/KieImage/imageNode';
import { videoNode } from '../../nodes/KieVideo/videoNode';
import { mediaNodeProperties } from '../../nodes/shared/form/mediaParameters';

/** What a new node offers: operations, and for each the models that can be expected to work. */

const nodes = [
	{ name: 'Kie Image', definition: imageNode },
	{ name: 'Kie Video', definition: videoNode },
	{ name: 'Kie Audio', definition: audioNode },
];

/** The length that n8n's panel shows of a placeholder, approximately. */
const PANEL_WIDTH = 45;

const optionsOf = ({ options = [] }: INodeProperties): INodePropertyOptions[] =>
	options.filter((option): option is INodePropertyOptions => 'value' in option);

/** A parameter and all parameters inside it. */
function nested(property: INodeProperties): INodeProperties[] {
	const inner = (property.options ?? []).flatMap((option) =>
		'values' in option ? option.values : 'type' in option ? [option] : [],
	);
	return [property, ...inner.flatMap(nested)];
}

describe.each(nodes)('$name', ({ definition }) => {
	const properties = mediaNodeProperties(definition);
	const operations = properties.filter(({ name }) => name === 'operation').flatMap(optionsOf);
	const offered = operations.map(({ value }) => String(value)).filter((value) => value !== 'customModel');
	const listOf = (operation: string) =>
		properties.find(
			({ name, displayOptions }) => name === 'model' && displayOptions?.show?.operation?.includes(operation),
		);

	it('offers no operation and no model that is retired or superseded', () => {
		const values = offered
			.flatMap((operation) => optionsOf(listOf(operation) ?? properties[0]!))
			.map(({ value }) => value);
		const notOffered = definition.models.filter(({ status }) => status === 'Retired' || status === 'Old Version');
		expect(values.length).toBeGreaterThan(0);
		expect(notOffered.map(({ id }) => id).filter((id) => values.includes(id))).toEqual([]);
	});

	it.each(offered)('lists models with unique names, each described in a few words: %s', (operation) => {
		const list = listOf(operation);
		const options = list ? optionsOf(list) : [];
		const names = options.map(({ name }) => name);
		expect(names.length).toBeGreaterThan(0);
		expect(new Set(names).size).toBe(names.length);
		expect(options.map(({ value }) => value)).toContain(list?.default);
		if (operation !== 'storyboard') expect(names.filter((name) => /to (Image|Video)/.test(name))).toEqual([]);
		for (const { description } of options) expect(description).toMatch(/^[A-Z0-9].{3,70}[^.]$/);
	});

	it('has the default of every operation in its presets', () => {
		expect(Object.keys(definition.presets).sort()).toEqual([...offered].sort());
	});

	it('lists a family together, its newest model first', () => {
		for (const operation of offered) {
			const list = listOf(operation);
			const models = (list ? optionsOf(list) : []).flatMap(({ value }) =>
				definition.models.filter(({ id }) => id === value),
			);
			const offeredFamilies = models.filter(({ status }) => status === undefined).map(({ family }) => family);
			const changes = offeredFamilies.filter((family, index) => family !== offeredFamilies[index - 1]);
			expect(new Set(changes).size).toBe(changes.length);
		}
	});

	it('has examples that fit into the panel', () => {
		const examples = properties.flatMap(nested).flatMap(({ placeholder }) => placeholder ?? []);
		expect(examples.length).toBeGreaterThan(5);
		expect(examples.filter((example) => example.length > PANEL_WIDTH)).toEqual([]);
	});

	it('has the order of a form: operation, model, fields, mode, options', () => {
		const names = properties.map(({ name }) => name);
		const first = (name: string) => names.indexOf(name);
		const order = [
			'operation',
			'model',
			'customModelId',
			'additionalFields',
			'inputJson',
			'specifyInput',
			'downloadFiles',
			'executionMode',
			'options',
		];
		expect(order.map(first)).toEqual([...order.map(first)].sort((a, b) => a - b));
		expect(order.map(first)).not.toContain(-1);
	});
});
