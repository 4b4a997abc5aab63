import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { type Simulator, type SimulatorOptions, startSimulator } from '../simulator';
import type { CredentialReference } from './client';
import { type N8n, startN8n, type StartOptions } from './n8n';
import { PROJECT } from './paths';
import type { NodeSource } from './workflow';

/** A real n8n with the package, and a simulated Kie that it has a credential for. */
export interface Stage {
	n8n: N8n;
	kie: Simulator;
	credential: CredentialReference;
	close(): Promise<void>;
}

/** Starts both. The package has to be built. */
export async function startStage(kieOptions: SimulatorOptions = {}, n8nOptions: StartOptions = {}): Promise<Stage> {
	const kie = await startSimulator(kieOptions);
	try {
		const n8n = await startN8n({ packageDir: PROJECT, ...n8nOptions });
		const credential = await n8n.client.createCredential('kieAiApi', credentialFor(kie), 'Kie.ai API');
		const close = async () => {
			await n8n.stop();
			await kie.close();
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

type KieNodeType = 'kieImage' | 'kieVideo' | 'kieAudio' | 'kieSuno' | 'kieChat' | 'kieCommon' | 'kieTrigger';

/** One of the package's nodes. It looks for results every second, because the simulator is faster than Kie. */
export function kieNode(
	{ credential }: Pick<Stage, 'credential'>,
	type: KieNodeType,
	parameters: INodeParameters & { options?: IDataObject },
	more: Partial<NodeSource> = {},
): NodeSource {
	return {
		name: 'Kie',
		type: `n8n-nodes-kie-ai.${type}`,
		parameters: { ...parameters, options: { pollInterval: 1, ...parameters.options } },
		credentials: { kieAiApi: credential },
		...more,
	};
}

/** A later node that asks an item for the one of an earlier node that it was made from. */
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
