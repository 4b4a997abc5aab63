import axios from 'axios';

import { nodeItems } from './client';
import { type N8n, startN8n } from './n8n';
import { chain, items, manualTrigger } from './workflow';

/** Built-in nodes only: when this fails, it is not the package's fault. */
describe('a real n8n', () => {
	let n8n: N8n;

	// The first start installs n8n.
	beforeAll(async () => (n8n = await startN8n()), 900_000);
	afterAll(async () => await n8n.stop());

	it('runs a workflow by hand and gives back its items', async () => {
		const workflow = await n8n.client.createWorkflow(
			chain('Built in', [manualTrigger(), items('Items', [{ number: 1 }, { number: 2 }])]),
		);
		const execution = await n8n.client.runWorkflow(workflow);
		expect(execution.status).toBe('success');
		expect(nodeItems(execution, 'Items').map(({ json }) => json)).toEqual([{ number: 1 }, { number: 2 }]);
	});

	it('stops a running execution', async () => {
		const wait = {
			name: 'Wait',
			type: 'n8n-nodes-base.wait',
			typeVersion: 1.1,
			parameters: { amount: 30, unit: 'seconds' },
		};
		const workflow = await n8n.client.createWorkflow(chain('Long', [manualTrigger(), wait]));
		const id = await n8n.client.startWorkflow(workflow);
		await n8n.client.stopExecution(id);
		expect((await n8n.client.waitForExecution(id, 5_000)).status).toBe('canceled');
	});

	it('is gone after stop', async () => {
		await n8n.stop();
		await expect(axios.get(`${n8n.url}/healthz`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
	});
});
