import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { INodeType } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { z } from 'zod';

import { KieChat } from '../../nodes/KieChat/KieChat.node';
import { KieChatModel } from '../../nodes/KieChatModel/KieChatModel.node';
import { KieImage } from '../../nodes/KieImage/KieImage.node';
import { imageNode } from '../../nodes/KieImage/imageNode';
import { KieAudio } from '../../nodes/KieAudio/KieAudio.node';
import { audioNode } from '../../nodes/KieAudio/audioNode';
import { KieCommon } from '../../nodes/KieCommon/KieCommon.node';
import { KieVideo } from '../../nodes/KieVideo/KieVideo.node';
import { videoNode } from '../../nodes/KieVideo/videoNode';
import { KieSuno } from '../../nodes/KieSuno/KieSuno.node';
import { KieTrigger } from '../../nodes/KieTrigger/KieTrigger.node';
import type { Model } from '../../nodes/shared/catalogue/types';

/** The workflows in examples/ can be imported, have only existing nodes and parameters, and contain no personal data. */

const FOLDER = join(__dirname, '..', '..', 'examples');
const PREFIX = 'n8n-nodes-kie-ai.';
/** Kie Suno has operations instead of models. */
const kieNodes: Array<{ node: INodeType; models?: Model[] }> = [
	{ node: new KieAudio(), models: audioNode.models },
	{ node: new KieChat() },
	{ node: new KieChatModel() },
	{ node: new KieVideo(), models: videoNode.models },
	{ node: new KieCommon() },
	{ node: new KieImage(), models: imageNode.models },
	{ node: new KieSuno() },
	{ node: new KieTrigger() },
];

/** The connection types of an AI agent's sub-nodes. */
const kind = z.enum(['main', 'ai_languageModel', 'ai_memory', 'ai_outputParser', 'ai_tool']);
const target = z.object({ node: z.string(), type: kind, index: z.number().int().min(0) }).strict();

/** Strict: whatever else n8n exports (credentials, pinned data, ids of an instance) has no place in an example. */
const exampleWorkflow = z
	.object({
		name: z.string().min(1),
		nodes: z.array(
			z
				.object({
					id: z.string().uuid(),
					name: z.string().min(1),
					type: z.string(),
					typeVersion: z.number(),
					position: z.tuple([z.number(), z.number()]),
					parameters: z.record(z.any()),
					onError: z.enum(['continueErrorOutput', 'continueRegularOutput']).optional(),
					webhookId: z.string().uuid().optional(),
				})
				.strict(),
		),
		connections: z.record(z.record(kind, z.array(z.array(target)))),
		settings: z.object({ executionOrder: z.literal('v1') }).strict(),
	})
	.strict();

const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
const read = (file: string) => exampleWorkflow.parse(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));
const kieNodesOf = (file: string) => read(file).nodes.filter(({ type }) => type.startsWith(PREFIX));

it('has examples', () => expect(files.length).toBeGreaterThanOrEqual(4));

/** What n8n's template library requires: sticky notes in colors that explain the workflow. */
describe.each(files.filter((file) => file.startsWith('templates')))('%s', (file) => {
	const { nodes } = read(file);
	const notes = nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');

	it('says who it is for, how it works, what to set up and to change, and what it costs', () => {
		const headings = notes.map(({ parameters }) => /^## (.*)$/m.exec(parameters.content)?.[1]);
		expect(headings).toEqual(['Who it is for', 'How it works', 'Set up', 'Customize', 'Cost']);
		expect(new Set(notes.map(({ parameters }) => parameters.color ?? 1)).size).toBe(notes.length);
	});

	it('refers only to nodes that it has', () => {
		const names = nodes.map(({ name }) => name);
		const boldNames = notes.flatMap(({ parameters }) => [...parameters.content.matchAll(/\*\*(.+?)\*\*/g)]);
		expect(boldNames.map(([, text]) => text).filter((text) => !names.includes(text) && text !== 'Kie.ai API')).toEqual(
			[],
		);
	});

	it('names its nodes after what they do', () => {
		const defaults = /^(Kie (Image|Video|Audio|Suno|Common)|Telegram|Google \w+|HTTP Request|Code|If|Edit Fields)\d*$/;
		expect(nodes.map(({ name }) => name).filter((name) => defaults.test(name))).toEqual([]);
	});

	it('is listed in docs/templates.md with the number of its nodes', () => {
		const count = nodes.length - notes.length;
		expect(readFileSync(join(FOLDER, '..', 'docs', 'templates.md'), 'utf8')).toMatch(
			new RegExp(`\\]\\(\\.\\./examples/${file}\\) +\\|.*\\| ${count} +\\|`),
		);
	});

	it('has no node on top of another', () => {
		const rectangles = nodes.map(({ position, parameters: { width = 100, height = 100 } }) => ({
			left: position[0],
			top: position[1],
			right: position[0] + width,
			bottom: position[1] + height,
		}));
		const overlaps = rectangles.filter((rectangle, index) =>
			rectangles
				.slice(index + 1)
				.some(
					(two) =>
						rectangle.left < two.right &&
						two.left < rectangle.right &&
						rectangle.top < two.bottom &&
						two.top < rectangle.bottom,
				),
		);
		expect(overlaps).toEqual([]);
	});
});

describe.each(files)('%s', (file) => {
	it('is a valid workflow without personal data', () => {
		expect(() => read(file)).not.toThrow();
		expect(readFileSync(join(FOLDER, file), 'utf8')).not.toMatch(/Bearer |"credentials"|"pinData"|"instanceId"/);
	});

	it('connects existing nodes with unique names', () => {
		const { nodes, connections } = read(file);
		const names = nodes.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
		const used = Object.entries(connections).flatMap(([from, outputs]) => [
			from,
			...Object.values(outputs).flatMap((targets = []) => targets.flat().map(({ node }) => node)),
		]);
		expect(names).toEqual(expect.arrayContaining(used));
	});

	it('has a node of this package', () => expect(kieNodesOf(file)).not.toHaveLength(0));

	it.each(kieNodesOf(file))(
		'sets only parameters that $name has, and all that it requires',
		({ id, name, type, typeVersion, position, parameters }) => {
			// As a tool of an agent, a node has its own type and the same form.
			const kieNodeType = kieNodes.find(
				({ node }) => `${PREFIX}${node.description.name}` === type.replace(/Tool$/, ''),
			);
			if (!kieNodeType) throw new Error(`There is no node ${type}`);
			const { description } = kieNodeType.node;
			expect(typeVersion).toBe(description.defaultVersion ?? description.version);

			const node = { id, name, type, typeVersion, position, parameters };
			// The parameters that n8n keeps: those that the form shows, with the defaults of the others.
			const resolvedParameters = NodeHelpers.getNodeParameters(
				description.properties,
				parameters,
				true,
				false,
				node,
				description,
			);
			expect(resolvedParameters).toMatchObject(parameters);
			for (const collection of ['additionalFields', 'options']) {
				const property = description.properties.find(
					(candidate) =>
						candidate.name === collection &&
						NodeHelpers.displayParameter(resolvedParameters ?? {}, candidate, node, description),
				);
				const options = (property?.options ?? []).flatMap((option) =>
					'type' in option &&
					NodeHelpers.displayParameterPath(
						{ parameters: resolvedParameters ?? {} },
						option,
						`parameters.${collection}`,
						node,
						description,
					)
						? [option.name]
						: [],
				);
				expect(options).toEqual(expect.arrayContaining(Object.keys(parameters[collection] ?? {})));
			}
			expect(
				NodeHelpers.getNodeParametersIssues(
					description.properties,
					{ ...node, parameters: resolvedParameters ?? {} },
					description,
				),
			).toBeNull();

			if (!kieNodeType.models) return;
			const { model, operation } = z.object({ model: z.string(), operation: z.string() }).parse(resolvedParameters);
			expect(
				kieNodeType.models.filter(({ operations }) => operation in operations).map((candidate) => candidate.id),
			).toContain(model);
		},
	);
});
