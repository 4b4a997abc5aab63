import './environment';

import type { INodeParameters, INodeType } from 'n8n-workflow';

import { builtNode, builtNodes } from '../bench/built';
import { startSimulator } from '../simulator';
import { askModel, modelParameters } from './asker';
import { runNode } from './engine';

/** A process without n8n's AI node SDK: loads the built nodes, runs them and prints the results. */

export interface WithoutSdk {
	/** Why the SDK is missing. */
	sdk: string;
	/** The class names of the nodes that were loaded. */
	loaded: string[];
	/** What each node returned: its first item, or its error. */
	results: Record<string, unknown>;
}

const emptyModule = async () => ({});
const prompt = 'A red fox';
const runs: Record<string, INodeParameters> = {
	KieAudio: {
		operation: 'textToSpeech',
		model: 'elevenlabs/text-to-speech-multilingual-v2',
		text: 'Good morning',
		voice: { __rl: true, mode: 'id', value: 'Rachel' },
	},
	KieChat: { ...modelParameters('gpt-5-5'), messages: { values: [{ role: 'user', text: 'Hello' }] } },
	KieCommon: { resource: 'account', operation: 'getCredits' },
	KieImage: { operation: 'generate', model: 'z-image', prompt, aspect_ratio: '1:1' },
	KieSuno: { resource: 'music', operation: 'generate', prompt },
	KieVideo: { operation: 'textToVideo', model: 'bytedance/seedance-2-fast', prompt },
};

async function main(): Promise<WithoutSdk> {
	const nodes = new Map<string, INodeType>();
	for (const name of builtNodes.keys()) nodes.set(name, await builtNode(name));
	const kie = await startSimulator({ taskSeconds: 0.1 });
	const results: Record<string, unknown> = {};
	for (const [name, node] of nodes) {
		const parameters = runs[name];
		if (node.supplyData) results[name] = (await askModel(kie, modelParameters('gpt-5-5'), emptyModule, { node })).error;
		if (!parameters) continue;
		const { items, error } = await runNode(kie, { node, parameters });
		results[name] = error ?? items[0]?.json;
	}
	await kie.close();
	return { sdk: whyMissing(), loaded: [...nodes.keys()], results };
}

function whyMissing(): string {
	try {
		return require.resolve('@n8n/ai-node-sdk');
	} catch (error) {
		return Object(error).code;
	}
}

void main().then((result) => {
	console.log(JSON.stringify(result));
	process.exit(0);
});
