import { sortBy } from 'lodash';
import type { IExecuteFunctions, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { KieImage } from '../../nodes/KieImage/KieImage.node';
import { sunoModels } from '../../nodes/shared/catalogue/suno';
import { findModel, similarModels } from '../../nodes/shared/form/findModel';
import { isOffered, modelName } from '../../nodes/shared/form/modelParameters';
import type { Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import { describedNodes } from '../tools/described-nodes';
import { mediaNodes } from '../tools/media-nodes';
import { runNode } from './engine';

jest.mock('../../nodes/shared/api/sleep', () => jest.requireActual<object>('./hurry'));

/** The nodes as tools of an AI agent: the model of a call, its response, and which calls are repeats. */

const choosing: INodeParameters = {
	operation: 'generate',
	model: '={{ $json.model }}',
	specifyInput: 'json',
	inputJson: '={{ { prompt: $json.prompt } }}',
};

/** A tool that an agent calls once for each ID in one execution, always with the same arguments. */
function toolOf(callIds: Array<string | undefined> = [undefined]) {
	const node = new KieImage();
	const { execute } = KieImage.prototype;
	const answers: INodeExecutionData[] = [];
	node.execute = async function (this: IExecuteFunctions) {
		this.isToolExecution = () => true;
		for (const toolCallId of callIds) {
			const [item] = this.getInputData();
			if (item && toolCallId !== undefined) item.json.toolCallId = toolCallId;
			answers.push(...((await execute.call(this))[0] ?? []));
		}
		return [answers.slice(-1)];
	};
	return { node, answers };
}

describe('as a tool of an AI agent', () => {
	let kie: Simulator;
	beforeEach(async () => {
		kie = await startSimulator({ taskSeconds: 0.1, readRates: false });
	});
	afterEach(async () => await kie.close());

	const call = async (model: string, callIds?: Array<string | undefined>) => {
		const { node, answers } = toolOf(callIds);
		const items = [{ json: { model, prompt: 'A fox' } }];
		return { ...(await runNode(kie, { node, items, parameters: choosing })), answers };
	};

	describe('the model that the agent fills in', () => {
		it.each(['nano-banana-2', 'Nano Banana 2', ' NANO banana-2 '])('may be %p', async (model) => {
			const { error } = await call(model);
			expect(error).toBeUndefined();
			expect(kie.creates().map(({ body }) => body)).toEqual([{ model: 'nano-banana-2', input: { prompt: 'A fox' } }]);
		});

		it('is rejected with similar names if it does not exist, and nothing is sent', async () => {
			const { error } = await call('Nano Bananna 2');
			expect(error?.message).toMatch(
				/^The operation does not support the model 'Nano Bananna 2'\. Similar models: nano-banana-2, .* \[item 0\]$/,
			);
			expect(kie.creates()).toEqual([]);
		});

		it.each(['', '🍌', '__proto__', 'constructor', 'x'.repeat(1_000_000)])(
			'is rejected without delay: %#',
			async (model) => {
				const startedAt = performance.now();
				const { error } = await call(model);
				expect(error?.message).toContain('does not support the model');
				expect(error?.message.length).toBeLessThan(500);
				expect(performance.now() - startedAt).toBeLessThan(2000);
				expect(kie.creates()).toEqual([]);
			},
		);
	});

	it('returns what an agent needs', async () => {
		const { items } = await call('nano-banana-2');
		expect(Object.keys(items[0]?.json ?? {})).toEqual([
			'url',
			'urls',
			'creditsConsumed',
			'state',
			'model',
			'taskId',
			'api',
		]);
		expect(items[0]?.binary).toBeUndefined();
	});

	it.each([
		[{ itemPerFile: true }, [expect.stringMatching(/returns URLs: the options for files have no effect$/)]],
		[{ pollInterval: 1 }, []],
	])('shows a hint that it returns no files: %j', async (options, expected) => {
		const { node } = toolOf();
		const items = [{ json: { model: 'nano-banana-2', prompt: 'A fox' } }];
		const { run } = await runNode(kie, { node, items, parameters: { ...choosing, options } });
		expect(run.data.resultData.runData.Kie?.at(-1)?.hints?.map(({ message }) => message)).toEqual(expected);
	});

	it.each([
		['two calls with the same arguments', ['call_1', 'call_2'], 2],
		['one call that is delivered twice', ['call_1', 'call_1'], 1],
		['two calls of an agent that gives no IDs', [undefined, undefined], 2],
	])('creates one task for each of %s', async (_case, callIds, count) => {
		const { answers, error } = await call('nano-banana-2', callIds);
		expect(error).toBeUndefined();
		expect(kie.creates()).toHaveLength(count);
		expect(new Set(answers.map(({ json }) => json.taskId)).size).toBe(count);
		expect(answers.map(({ json }) => json.state)).toEqual(['success', 'success']);
	});
});

describe.each(mediaNodes)('the models of $title', ({ definition: { models, operations } }) => {
	const offeredModels = operations.flatMap(({ value }) =>
		models
			.filter((model) => value in model.operations && isOffered(model))
			.map((model) => ({ operation: value, model })),
	);

	it('are found by their IDs, and by the names that the form shows', () => {
		for (const { operation, model } of offeredModels) {
			expect(findModel(models, operation, model.id)).toBe(model);
			const namedModel = findModel(
				models,
				operation,
				modelName({ ...model, status: undefined }, operation).toUpperCase(),
			);
			expect([operation, model.id, namedModel?.id]).toEqual([operation, model.id, model.id]);
		}
	});

	it('are found by their IDs even if they are retired', () => {
		for (const model of models) {
			for (const operation of Object.keys(model.operations)) expect(findModel(models, operation, model.id)).toBe(model);
		}
	});

	it('are the best match for their names with one letter missing', () => {
		for (const { operation, model } of offeredModels) {
			expect(similarModels(models, operation, model.id.slice(0, -1))).toContain(model.id);
		}
	});
});

describe('the description of a tool', () => {
	const media = describedNodes.filter(({ description }) =>
		['kieImage', 'kieVideo', 'kieAudio', 'kieSuno'].includes(description.name),
	);

	/** As n8n's server does: the tool is the node with another name. */
	const toolDescriptionOf = (index: number, toolParameters: INodeParameters): string => {
		const node = media[index];
		if (!node) throw new Error('No such node');
		const description = { ...node.description, name: `${node.description.name}Tool` };
		const instance = {
			id: '1',
			name: 'Tool',
			type: description.name,
			typeVersion: 1,
			position: [0, 0] as [number, number],
		};
		const parameters =
			NodeHelpers.getNodeParameters(description.properties, toolParameters, true, false, instance, description) ?? {};
		return NodeHelpers.getToolDescriptionForNode({ ...instance, parameters }, { description });
	};

	it.each([
		[
			0,
			{ operation: 'generate' },
			/^Generate an image from a text prompt\.\nTakes about \d+ to \d+ seconds\.\nReturns url, urls, state/,
		],
		[
			1,
			{ operation: 'textToVideo' },
			/^Generate a video from a text prompt\.\nTakes about \d+ to \d+ seconds\.\nReturns url, urls, state/,
		],
		[
			2,
			{ operation: 'transcribe' },
			/^Transcribe speech to text\.\nTakes about \d+ seconds\.\nReturns the result, state/,
		],
		[
			3,
			{ resource: 'music', operation: 'extend' },
			/^Generate, extend or edit songs, music and sounds\.\nTakes about \d+ seconds\.\nReturns url, urls, state/,
		],
		[3, { resource: 'audio', operation: 'generateMidi' }, /seconds\.\nReturns url, urls or the result, state/],
		[3, { resource: 'lyrics', operation: 'generate' }, /seconds\.\nReturns the result, state/],
	])('says what its operation does, how long it takes and what it returns (%#)', (index, parameters, text) => {
		expect(toolDescriptionOf(index, parameters)).toMatch(text);
	});

	it('covers every operation of Kie Suno that creates something, with the text of n8n for the others', () => {
		const descriptions = sunoModels.flatMap(({ resource, operations }) =>
			Object.keys(operations).map((operation) => toolDescriptionOf(3, { resource, operation })),
		);
		for (const text of descriptions) expect(text).toMatch(/^[A-Z].*\.\nTakes about .*\nReturns .*$/);
		expect(toolDescriptionOf(3, { resource: 'music', operation: 'get' })).toBe('Get song in Kie Suno');
	});

	it('is the text of the user, if set', () => {
		expect(toolDescriptionOf(0, { operation: 'generate', toolDescription: 'Draws foxes' })).toBe('Draws foxes');
	});

	it('is not a field of a node that is not a tool', () => {
		for (const { description } of media) {
			const parameters = NodeHelpers.getNodeParameters(description.properties, {}, true, false, null, description);
			expect(Object.keys(parameters ?? {})).not.toContain('toolDescription');
		}
	});

	it('is short for every operation', () => {
		const texts = media.flatMap(({ description: { properties } }) =>
			properties.filter(({ name }) => name === 'toolDescription').map((property) => String(property.default)),
		);
		expect(sortBy(texts, 'length').at(-1)?.length).toBeLessThan(250);
	});
});
