import type {
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodeType,
	NodeParameterValueType,
} from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import type { Json, JsonObject } from '../../nodes/shared/json';
import { KieAudio } from '../../nodes/KieAudio/KieAudio.node';
import { KieImage } from '../../nodes/KieImage/KieImage.node';
import { KieVideo } from '../../nodes/KieVideo/KieVideo.node';
import { audioModels } from '../../nodes/shared/catalogue/audio';
import { imageModels } from '../../nodes/shared/catalogue/image';
import type { Model } from '../../nodes/shared/catalogue/types';
import { videoModels } from '../../nodes/shared/catalogue/video';
import { toBody } from '../../nodes/shared/form/body';
import { checkInput } from '../../nodes/shared/form/checkInput';
import { fieldsOf } from '../../nodes/shared/form/modelFields';
import { fieldLabel } from '../../nodes/shared/form/label';
import { GROUP } from '../../nodes/shared/form/fieldParameter';
import { prepareMedia } from '../../nodes/shared/form/mediaFields';
import { OWN_PARAMETERS } from '../../nodes/shared/form/mediaParameters';
import type { Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import { additions } from '../unit/rule-cases';
import { runNode } from './engine';

/** Every model of every media node, as its form shows it and as its body reaches Kie, whose simulator checks it with another validator. */

const FILE = 'https://example.com/file.png';
/** Stands in a form for the ID of a task that Kie knows. */
const EARLIER_TASK = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';

/** A model whose optional fields are not all optional: one of them has to be set. */
const ONE_NEEDED: Record<string, JsonObject> = {
	'grok-imagine-image-2-0/segment-map: segment': { image_url: FILE },
};

/** Optional fields that rules let be set only with others, and what they need. */
const NEEDS: Record<string, JsonObject> = {
	maskUrl: { filesUrl: [FILE] },
	bbox_list: { input_urls: [FILE] },
	video_urls: { audio: false },
	open_scenedet: { mode: 'basic' },
	'kling-3.0-omni/transformation: duration': { image_urls: [FILE] },
	template_id: { image_urls: [FILE, FILE] },
};

/** Text for fields whose form no control tells. */
const TEXTS: Record<string, string> = {
	hex: '#C2D1E6',
	ratio: '23.51%',
	frame_duration_ms: '100',
	speaker_id: 'Speaker 1',
	duration: '10',
	video_url: 'https://sora.chatgpt.com/p/s_0123456789',
};

const nodes: Array<{ name: string; node: INodeType; models: Model[] }> = [
	{ name: 'Kie Image', node: new KieImage(), models: imageModels },
	{ name: 'Kie Video', node: new KieVideo(), models: videoModels },
	{ name: 'Kie Audio', node: new KieAudio(), models: audioModels },
];

function isProperty(
	option: INodeProperties | INodePropertyCollection | { value?: unknown },
): option is INodeProperties {
	return 'type' in option;
}

/** What the form of a model shows: its top-level fields and what Additional Fields offers. */
function form({ description }: INodeType, model: Model, operation: string) {
	const chosen = { operation, model: model.id, specifyInput: 'fields' };
	const isShown = (property: INodeProperties) =>
		NodeHelpers.displayParameter(chosen, property, null, description, chosen);
	const shown = description.properties.filter(isShown);
	const collection = shown.find(({ name }) => name === 'additionalFields');
	return {
		top: shown.filter(({ name }) => !OWN_PARAMETERS.includes(name)),
		additional: (collection?.options ?? []).filter(isProperty).filter(isShown),
	};
}

/** What a user might enter, from the control alone. */
function entered(property: INodeProperties): NodeParameterValueType {
	const { type, typeOptions, options = [], default: preset, name, placeholder } = property;
	switch (type) {
		case 'options': {
			const first = options.find((option): option is { name: string; value: string | number } => 'value' in option);
			return preset !== '' ? preset : (first?.value ?? '');
		}
		case 'resourceLocator':
			return { __rl: true, mode: 'id', value: 'a-cloned-voice' };
		case 'boolean':
			return true;
		case 'number':
			return Math.max(typeof preset === 'number' ? preset : 0, typeOptions?.minValue ?? 0);
		case 'json':
			return '[[[0, 0, 10, 10]]]';
		case 'fixedCollection': {
			const [group] = options.filter((option): option is INodePropertyCollection => 'values' in option);
			const entry = () => Object.fromEntries((group?.values ?? []).map((inner) => [inner.name, entered(inner)]));
			const count = name === 'color_palette' ? 3 : 1;
			return { [GROUP]: Array.from({ length: count }, entry) };
		}
		default:
			if (typeOptions?.multipleValues) return ['one'];
			if (placeholder === 'e.g. 1, 3') return '1, 3';
			if (placeholder?.includes('https://')) return FILE;
			if (/task_?id/i.test(name)) return EARLIER_TASK;
			return TEXTS[name] ?? 'A red fox in fresh snow';
	}
}

const fill = (properties: INodeProperties[]): INodeParameters =>
	Object.fromEntries(properties.map((property) => [property.name, entered(property)]));

/** A value of a body as the form holds it: lists of objects are the entries of a group. */
function asParameters(body: Record<string, Json | undefined>): INodeParameters {
	const parameters: INodeParameters = {};
	for (const [name, value] of Object.entries(body)) {
		const isGroup = Array.isArray(value) && value.some((entry) => typeof entry === 'object');
		parameters[name] = JSON.parse(JSON.stringify(isGroup ? { [GROUP]: value } : (value ?? '')));
	}
	return parameters;
}

/** Whether the rules of a model let a filled form pass. */
function passes(model: Model, operation: string, parameters: INodeParameters): boolean {
	const values: JsonObject = JSON.parse(JSON.stringify(parameters));
	const fields = fieldsOf(model, model.operations[operation]);
	const filled = { ...toBody(fields, values), ...model.operations[operation]?.fixed };
	const { body } = prepareMedia(filled, model.input, model.media, []);
	return checkInput(model, [], body).length === 0;
}

/**
 * The optional fields in sets that the rules let be sent together; each set with all of them that fit beside each other.
 * What a model needs `always` is missing where a field excludes it.
 */
function sets(
	model: Model,
	operation: string,
	base: INodeParameters,
	always: INodeParameters,
	optional: INodeProperties[],
): INodeParameters[] {
	const found: INodeParameters[] = [];
	let left = optional.filter(({ name }) => !(name in always));
	while (left.length > 0) {
		const [first, ...others] = left;
		const needs = asParameters(NEEDS[`${model.id}: ${first?.name}`] ?? NEEDS[first?.name ?? ''] ?? {});
		const alone = first ? fill([first]) : {};
		const candidates = [alone, { ...always, ...alone }, { ...needs, ...alone }, { ...always, ...needs, ...alone }];
		let set = candidates.findLast((candidate) => passes(model, operation, { ...base, ...candidate })) ?? alone;
		const rest: INodeProperties[] = [];
		for (const property of others) {
			const more = { ...set, ...fill([property]) };
			if (passes(model, operation, { ...base, ...more })) set = more;
			else rest.push(property);
		}
		found.push(set);
		left = rest;
	}
	return found;
}

/** Of the parameters those that are among the properties. */
const only = (parameters: INodeParameters, properties: INodeProperties[]): INodeParameters =>
	Object.fromEntries(
		Object.entries(parameters).filter(([name]) => properties.some((property) => property.name === name)),
	);

describe.each(nodes)('The form of $name', ({ node, models }) => {
	const uses = models.flatMap((model) =>
		Object.keys(model.operations).map((operation) => ({ model, operation, name: `${model.id}, ${operation}` })),
	);
	// The node paces creates for each account, so every run has an account of its own.
	const keys = Array.from({ length: 3_000 }, (_, index) => `form-test-${index}`);
	const nextAccount = () => ({ apiKey: keys.pop() ?? '' });
	let kie: Simulator;
	beforeAll(async () => {
		kie = await startSimulator({ taskSeconds: 0, rate: false, credits: 1e9, checkMedia: false, apiKeys: [...keys] });
	});
	afterAll(async () => await kie.close());
	beforeEach(() => kie.reset());

	/** A task of the model's own API that is done, for fields that name one; the market's ids are not looked up. */
	async function earlierTask({ api, family }: Model): Promise<string> {
		const maker = models.find(
			(other) =>
				other.api === api && other.family === family && !('taskId' in other.input.properties) && api !== undefined,
		);
		if (!maker) return EARLIER_TASK;
		const [operation = ''] = Object.keys(maker.operations);
		await runNode(kie, {
			node,
			credentials: nextAccount(),
			parameters: {
				operation,
				model: maker.id,
				...fill(form(node, maker, operation).top),
				executionMode: 'createOnly',
			},
		});
		const taskId = [...kie.tasks.keys()].at(-1) ?? EARLIER_TASK;
		await new Promise((resolve) => setTimeout(resolve, 20));
		kie.requests.length = 0;
		return taskId;
	}

	/** Runs the node and gives what reached Kie. */
	async function send(model: Model, operation: string, fields: INodeParameters, additionalFields: INodeParameters) {
		const isLinked = fields.taskId === EARLIER_TASK && model.api !== undefined;
		const earlier = isLinked
			? { taskId: await earlierTask(model.api === 'veo-1080p' ? { ...model, api: 'veo' } : model) }
			: {};
		const { error } = await runNode(kie, {
			node,
			credentials: nextAccount(),
			parameters: { operation, model: model.id, ...fields, ...earlier, additionalFields, executionMode: 'createOnly' },
		});
		const creates = kie.creates();
		return {
			error,
			sent: inputOf(creates.at(-1)?.body, model),
			refused: creates.map(({ refused }) => refused).filter(Boolean),
		};
	}

	describe.each(uses)('$name', ({ model, operation }) => {
		const { top, additional } = form(node, model, operation);
		const { required: alsoRequired = [], hidden = [], fixed = {} } = model.operations[operation] ?? {};
		const unseen = [...hidden, ...Object.keys(fixed)];
		const needed = asParameters(
			ONE_NEEDED[`${model.id}: ${operation}`] ?? additions[`${model.id}: ${operation}`] ?? additions[model.id] ?? {},
		);
		const base = { ...fill(top), ...only(needed, top) };
		const always = only(needed, additional);
		// Looking up a 1080p version creates nothing.
		const creates = model.api !== 'veo-1080p';

		it('shows exactly the fields of the model, each once', () => {
			const required = [...new Set([...(model.input.required ?? []), ...alsoRequired])].filter(
				(name) => !unseen.includes(name),
			);
			const optional = Object.keys(model.input.properties).filter(
				(name) => !required.includes(name) && !unseen.includes(name),
			);
			expect(top.map(({ name }) => name).sort()).toEqual(required.sort());
			expect(additional.map(({ name }) => name).sort()).toEqual(optional.sort());
		});

		it('says of each field what it is', () => {
			for (const property of [...top, ...additional]) {
				expect(property.displayName).toMatch(/^[A-Z]/);
				expect(property.description).toMatch(/^.{8,}/);
				expect(property.description).not.toBe(property.displayName);
			}
		});

		if (creates) {
			it('sends only the required fields when nothing else is set', async () => {
				const { error, sent, refused } = await send(model, operation, base, always);
				expect(error).toBeUndefined();
				expect(refused).toEqual([]);
				const names = [
					...Object.keys(base),
					...Object.keys(always),
					...Object.keys(fixed),
					...Object.keys(model.fixed ?? {}),
				];
				expect(Object.keys(sent).sort()).toEqual([...new Set(names)].sort());
			});

			const together = sets(model, operation, base, always, additional);
			if (together.length > 0) {
				it.each(together.map((set) => ({ set, name: Object.keys(set).join(', ') })))(
					'sends what is set: $name',
					async ({ set }) => {
						const { error, sent, refused } = await send(
							model,
							operation,
							{ ...base, ...only(set, top) },
							only(set, additional),
						);
						expect(error).toBeUndefined();
						expect(refused).toEqual([]);
						expect(Object.keys(sent)).toEqual(expect.arrayContaining(Object.keys(set)));
					},
				);
			}
		}

		const emptied = top.filter(({ type, typeOptions }) => type === 'string' && !typeOptions?.multipleValues);
		if (emptied.length > 0) {
			// n8n itself refuses a required field that is empty in the form; an expression can still come out empty.
			it.each(emptied.map(({ name }) => ({ name })))(
				'names $name when it is missing, and sends nothing',
				async ({ name }) => {
					const { error } = await send(model, operation, { ...base, taskId: 'x', [name]: '={{ "" }}' }, always);
					const label = fieldLabel(name, model.input.properties[name] ?? {}, model.media[name]);
					expect(error?.message).toBe(`'${label}' is required [item 0]`);
					expect(kie.requests).toEqual([]);
				},
			);
		}
	});
});

/** The input in the body of a create. */
function inputOf(body: unknown, model: Model): Record<string, unknown> {
	const sent = typeof body === 'object' && body !== null ? { ...body } : {};
	if (model.api !== undefined) return sent;
	return 'input' in sent && typeof sent.input === 'object' && sent.input !== null ? { ...sent.input } : {};
}
