import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { type Simulator, type SimulatorOptions, startSimulator } from '../simulator';
import type { CredentialReference } from './client';
import { type SharedN8n, sharedN8n } from './shared-n8n';
import type { NodeSource } from './workflow';

/** The shared n8n, and the file's own simulator with a credential for it. */
export interface TestSetup {
	n8n: SharedN8n;
	kie: Simulator;
	credential: CredentialReference;
	close(): Promise<void>;
}

/** Starts the simulator for the shared n8n. `close` rejects if n8n has stored the API key in plain text. */
export async function startSetup(kieOptions: SimulatorOptions = {}, credentialName?: string): Promise<TestSetup> {
	const kie = await startSimulator(kieOptions);
	try {
		const n8n = sharedN8n();
		const name = credentialName ?? `Kie.ai API at ${kie.url}`;
		const credential = await n8n.client.createCredential('kieAiApi', credentialFor(kie), name);
		const close = async () => {
			await kie.close();
			if (n8n.hasKept(kie.apiKey)) throw new Error('The API key is in the log or the database of n8n');
		};
		return { n8n, kie, credential, close };
	} catch (error) {
		await kie.close();
		throw error;
	}
}

/** The fields of the credential "Kie.ai API" for a simulator. */
export function credentialFor({ url, uploadUrl, apiKey }: Simulator): IDataObject {
	return { apiKey, baseUrl: url, uploadBaseUrl: uploadUrl };
}

/** The duration of a task: the number at the start of its prompt, or one second. */
export const secondsAsPrompted = (_model: string, { prompt }: { prompt?: unknown }): number =>
	Number(/^\d+/.exec(String(prompt))?.[0] ?? 1);

export type KieNodeType = 'kieImage' | 'kieVideo' | 'kieAudio' | 'kieSuno' | 'kieChat' | 'kieCommon' | 'kieTrigger';

/** One of the package's nodes. It polls every second, because the simulator is faster than Kie. */
export function kieNode(
	{ credential }: Pick<TestSetup, 'credential'>,
	type: KieNodeType,
	parameters: INodeParameters & { options?: IDataObject },
	overrides: Partial<NodeSource> = {},
): NodeSource {
	return {
		name: 'Kie',
		type: `n8n-nodes-kie-ai.${type}`,
		typeVersion: type === 'kieTrigger' ? 1.1 : 1,
		parameters: { ...parameters, options: { pollInterval: 1, ...parameters.options } },
		credentials: { kieAiApi: credential },
		...overrides,
	};
}

/** Kie Image, with an execution that is paused for its tasks, one for each prompt. */
export function pausedImages(
	setup: Pick<TestSetup, 'credential'>,
	{ downloadFiles = false, ...options }: INodeParameters = {},
	overrides: Partial<NodeSource> = {},
): NodeSource {
	return kieNode(
		setup,
		'kieImage',
		{
			operation: 'generate',
			model: 'google/nano-banana',
			prompt: '={{ $json.prompt }}',
			downloadFiles,
			options: { waitUsing: 'pause', ...options },
		},
		overrides,
	);
}

/** A later node that gets the paired item of an earlier node. */
export function origin(name: string, node: string, expression: string): NodeSource {
	return {
		name,
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: {
			assignments: {
				assignments: [
					{ id: 'origin', name: 'origin', type: 'string', value: `={{ $('${node}').item.json.${expression} }}` },
				],
			},
			includeOtherFields: true,
			options: {},
		},
	};
}

/** Reads a file of n8n's files folder into the binary field `data`. */
export function readFile(name: string, path: string): NodeSource {
	return {
		name,
		type: 'n8n-nodes-base.readWriteFile',
		typeVersion: 1.1,
		parameters: { operation: 'read', fileSelector: path },
	};
}
