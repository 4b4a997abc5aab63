import type { INode } from 'n8n-workflow';

import type { CredentialReference, WorkflowSource } from '../e2e/client';

/** The images that the demo generates. The third one is an edit of an image of the item. */
const PROMPTS = [
	{ name: 'fox', prompt: 'A red fox asleep in fresh snow, soft morning light' },
	{ name: 'teapot', prompt: 'A blue teapot on a wooden table, studio photo' },
];
const EDIT = { name: 'lighthouse-at-night', prompt: 'Make it night, with a full moon and the lamp shining' };

export const KIE_NODE = 'Kie Image';
export const WRITE_NODE = 'Write Files';
/** In the order of the items. */
export const IMAGES = [
	...PROMPTS.map(({ name }) => ({ name, title: name })),
	{ name: EDIT.name, title: `${EDIT.name}, an edit of the uploaded image` },
];

interface Place {
	/** The image to edit. */
	image: string;
	/** The folder that the results are written to. */
	folder: string;
}

/** Two prompts and an image with a prompt become three items; Kie Image generates an image for each; the files are saved. */
export function demoWorkflow(credential: CredentialReference, { image, folder }: Place): WorkflowSource {
	return {
		name: 'Kie Image demo',
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, [0, 0], {}),
			node('Two Prompts', 'n8n-nodes-base.code', 2, [220, -100], {
				jsCode: `return ${JSON.stringify(PROMPTS, null, 2)};`,
			}),
			node('Read Image', 'n8n-nodes-base.readWriteFile', 1.1, [220, 100], {
				operation: 'read',
				fileSelector: image,
			}),
			node('Its Prompt', 'n8n-nodes-base.set', 3.4, [440, 100], {
				assignments: {
					assignments: Object.entries(EDIT).map(([name, value]) => ({ id: name, name, value, type: 'string' })),
				},
				// Items with the image to edit.
				includeOtherFields: true,
				options: { stripBinary: false },
			}),
			node('Three Items', 'n8n-nodes-base.merge', 3.2, [660, 0], { mode: 'append' }),
			{
				...node(KIE_NODE, 'n8n-nodes-kie-ai.kieImage', 1, [880, 0], {
					operation: 'generate',
					model: 'nano-banana-2',
					prompt: '={{ $json.prompt }}',
					// The name of the item's binary field, or nothing: an item without an image is generated from its prompt alone.
					image_urls: '={{ $binary.data ? "data" : "" }}',
					additionalFields: { output_format: 'png' },
					executionMode: 'createAndWait',
					downloadFiles: true,
					options: { pollInterval: 2 },
				}),
				credentials: { kieAiApi: credential },
			},
			node(WRITE_NODE, 'n8n-nodes-base.readWriteFile', 1.1, [1100, 0], {
				operation: 'write',
				fileName: `=${folder}/{{ $('Three Items').item.json.name }}.{{ $binary.data.fileExtension }}`,
				dataPropertyName: 'data',
			}),
		],
		connections: {
			Start: { main: [[to('Two Prompts'), to('Read Image')]] },
			'Two Prompts': { main: [[to('Three Items', 0)]] },
			'Read Image': { main: [[to('Its Prompt')]] },
			'Its Prompt': { main: [[to('Three Items', 1)]] },
			'Three Items': { main: [[to(KIE_NODE)]] },
			[KIE_NODE]: { main: [[to(WRITE_NODE)]] },
		},
	};
}

function node(
	name: string,
	type: string,
	typeVersion: number,
	position: [number, number],
	parameters: INode['parameters'],
): INode {
	return { id: name, name, type, typeVersion, position, parameters };
}

function to(node: string, index = 0): { node: string; type: 'main'; index: number } {
	return { node, type: 'main', index };
}
