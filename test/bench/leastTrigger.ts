import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The least trigger that a package can have: it starts the workflow with what is posted, without any check. */

const NODE = `exports.LeastTrigger = class {
	description = {
		displayName: 'Least Trigger',
		name: 'leastTrigger',
		group: ['trigger'],
		version: 2,
		description: 'Starts the workflow with what is posted',
		defaults: { name: 'Least Trigger' },
		inputs: [],
		outputs: ['main'],
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', responseData: 'noData', path: 'webhook' }],
		properties: [],
	};
	async webhook() {
		return { workflowData: [[{ json: this.getBodyData().data ?? {} }]] };
	}
};
`;

export const LEAST_TRIGGER = { type: 'n8n-nodes-least.leastTrigger', typeVersion: 2 };

/** Puts a package with it where n8n finds it. */
export function installLeastTrigger(userFolder: string): void {
	const folder = join(userFolder, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-least');
	mkdirSync(join(folder, 'dist'), { recursive: true });
	const n8n = { n8nNodesApiVersion: 1, nodes: ['dist/LeastTrigger.node.js'], credentials: [] };
	writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'n8n-nodes-least', version: '1.0.0', n8n }));
	writeFileSync(join(folder, 'dist', 'LeastTrigger.node.js'), NODE);
}
