import { setTimeout as sleep } from 'node:timers/promises';

import type { CredentialReference, SavedWorkflow } from '../e2e/client';
import { credentialFor, secondsAsPrompted } from '../e2e/kie';
import { freePort, type N8n, startN8n, temporaryFolder } from '../e2e/n8n';
import { PROJECT } from '../e2e/paths';
import { chain, type NodeSource } from '../e2e/workflow';
import { type Fault, type Simulator, startSimulator } from '../simulator';
import type { Random } from './soakFaults';
import { seededRandom } from './soakFaults';
import type { SoakWorkflow } from './soakWorkflows';
import { ITEMS, LAST, soakWorkflows } from './soakWorkflows';

/** The setup of a soak: n8n with its workflows, and Kie. */

/** Kie accepts 20 creates in 10 s from each. */
const ACCOUNTS = 3;
export const HMAC_KEY = 'soak';
const TRIGGER_PATH = 'soak-trigger';
/** How long a busy machine may take to start n8n. */
export const START_MS = 10 * 60_000;

/** What the soak has done to n8n. */
export interface Soak {
	random: Random;
	kie: Simulator;
	n8n: N8n;
	isUp: boolean;
	/** The logs of earlier processes of n8n. */
	logs: string;
	deaths: number[];
	faults: Fault[];
	/** The tasks whose callback was repeated, and got a response. */
	repeated: Set<string>;
	workflows: Map<SoakWorkflow, SavedWorkflow>;
	trigger: SavedWorkflow;
	/** One of the accounts. */
	account: CredentialReference;
}

export async function startSoak(seed: number): Promise<Soak> {
	const apiKeys = Array.from({ length: ACCOUNTS }, (_, index) => `soak-${index}`);
	const kie = await startSimulator({
		apiKeys,
		taskSeconds: secondsAsPrompted,
		credits: 10_000_000,
		hmacKey: HMAC_KEY,
		callbackDelays: [1_000, 2_000, 4_000],
	});
	const n8n = await startN8n({
		packageDir: PROJECT,
		userFolder: temporaryFolder(),
		port: await freePort(),
		limitMs: START_MS,
	});
	const accounts = await Promise.all(
		apiKeys.map(async (apiKey) => {
			const data = { ...credentialFor(kie), apiKey, webhookSecret: HMAC_KEY };
			return await n8n.client.createCredential('kieAiApi', data, apiKey);
		}),
	);
	const [account] = accounts;
	if (!account) throw new Error('There is no account');
	const publish = async (name: string, nodes: NodeSource[], kieAiApi = account) => {
		const withAccount = nodes.map((node) =>
			node.type.startsWith('n8n-nodes-kie-ai.') ? { ...node, credentials: { kieAiApi } } : node,
		);
		const workflow = await n8n.client.createWorkflow(chain(name, withAccount));
		await n8n.client.activate(workflow);
		return workflow;
	};
	const trigger = await publish('Trigger', [
		{ name: LAST, type: 'n8n-nodes-kie-ai.kieTrigger', webhookId: TRIGGER_PATH },
		AFTER,
	]);
	const workflows = new Map<SoakWorkflow, SavedWorkflow>();
	for (const workflow of soakWorkflows(triggerUrl(n8n))) {
		const nodes = [webhook(workflow.name), splitItems(), ...workflow.nodes, AFTER];
		workflows.set(workflow, await publish(workflow.name, nodes, accounts[workflows.size % ACCOUNTS]));
	}
	await sleep(2_000);
	return {
		random: seededRandom(seed),
		kie,
		n8n,
		isUp: true,
		logs: '',
		deaths: [],
		faults: [],
		repeated: new Set(),
		workflows,
		trigger,
		account,
	};
}

const AFTER: NodeSource = { name: 'After', type: 'n8n-nodes-base.noOp' };

function webhook(path: string): NodeSource {
	return {
		name: 'Start',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: path,
		parameters: { httpMethod: 'POST', path, options: {} },
	};
}

function splitItems(): NodeSource {
	const parameters = { fieldToSplitOut: 'body.items', options: {} };
	return { name: ITEMS, type: 'n8n-nodes-base.splitOut', typeVersion: 1, parameters };
}

export const triggerUrl = ({ url }: N8n): string => `${url}/webhook/${TRIGGER_PATH}/webhook`;
