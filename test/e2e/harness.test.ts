import { nodeItems } from './client';
import { sharedN8n } from './shared-n8n';
import { chain, items, manualTrigger } from './workflow';

/** Built-in nodes only: when this fails, it is not the package's fault. */
describe('a real n8n', () => {
	const { client } = sharedN8n();

	it('runs a workflow manually and returns its items', async () => {
		const workflow = await client.createWorkflow(
			chain('Built in', [manualTrigger(), items('Items', [{ number: 1 }, { number: 2 }])]),
		);
		const execution = await client.runWorkflow(workflow);
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
		const workflow = await client.createWorkflow(chain('Long', [manualTrigger(), wait]));
		const id = await client.startWorkflow(workflow);
		await client.stopExecution(id);
		expect((await client.waitForExecution(id, 5_000)).status).toBe('canceled');
	});
});
