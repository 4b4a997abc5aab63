import { setTimeout as sleep } from 'node:timers/promises';

import axios from 'axios';

import { startSimulator } from '../simulator';
import { type Execution, nodeItems } from './client';
import { credentialFor, kieNode, origin } from './kie';
import { startN8n } from './n8n';
import { PROJECT } from './paths';
import { isAtLeast } from './setup';
import { chain, items, manualTrigger } from './workflow';

const prompts = ['first', 'second', 'third'].map((prompt) => ({ prompt }));

describe('a retry of an execution after n8n crashed', () => {
	it('creates no task again, says where to find the tasks, and creates them if the user allows it', async () => {
		const kie = await startSimulator({ taskSeconds: 20 });
		let n8n = await startN8n({ packageDir: PROJECT });
		const { port, userFolder } = n8n;
		try {
			const credential = await n8n.client.createCredential('kieAiApi', credentialFor(kie));
			const create = async (options: { createAgainOnRetry?: boolean }) => {
				const parameters = {
					operation: 'generate',
					model: 'google/nano-banana',
					prompt: '={{ $json.prompt }}',
					options,
				};
				const workflow = chain('Retried', [
					manualTrigger(),
					items('Prompts', prompts),
					kieNode({ credential }, 'kieImage', parameters),
					origin('After', 'Prompts', 'prompt'),
				]);
				return await n8n.client.createWorkflow({ ...workflow, settings: { saveExecutionProgress: true } });
			};
			const ids = [];
			for (const createAgainOnRetry of [false, true]) {
				ids.push(await n8n.client.startWorkflow(await create({ createAgainOnRetry })));
			}
			while (kie.tasks.size < 6) await sleep(100);
			await n8n.kill();
			n8n = await startN8n({ port, userFolder });

			const [id = '', allowedId = ''] = ids;
			const retried = await n8n.client.getExecution(await n8n.client.retryExecution(id));
			expect(retried).toMatchObject({ mode: 'retry', status: 'error' });
			expect(retried.data.resultData.error?.message).toContain('may exist already');
			expect(kie.tasks.size).toBe(6);

			// Nor does a retry of the retry.
			const secondRetry = await n8n.client.getExecution(await n8n.client.retryExecution(retried.id));
			expect(secondRetry.data.resultData.error?.message).toContain('may exist already');
			expect(kie.tasks.size).toBe(6);

			const allowed = await n8n.client.getExecution(await n8n.client.retryExecution(allowedId));
			expect(allowed.status).toBe('success');
			expect(nodeItems(allowed, 'After').map(({ json }) => json.origin)).toEqual(['first', 'second', 'third']);
			expect(kie.tasks.size).toBe(9);
		} finally {
			await n8n.stop();
			await kie.close();
		}
	});

	// Older versions do not mark an execution as crashed that n8n's Wait node holds.
	(isAtLeast('2.30') ? it : it.skip)(
		'creates no task again where n8n had stored nothing, and those of nodes that had not been started',
		async () => {
			const kie = await startSimulator({ taskSeconds: 20 });
			let n8n = await startN8n({ packageDir: PROJECT });
			const { port, userFolder, client } = n8n;
			try {
				const credential = await client.createCredential('kieAiApi', credentialFor(kie));
				const image = (name: string, prompt: string) =>
					kieNode({ credential }, 'kieImage', { operation: 'generate', model: 'google/nano-banana', prompt }, { name });
				const webhook = (path: string) => ({
					name: 'Start',
					type: 'n8n-nodes-base.webhook',
					typeVersion: 2,
					webhookId: path,
					parameters: { httpMethod: 'POST', path, options: {} },
				});
				const wait = {
					name: 'Wait',
					type: 'n8n-nodes-base.wait',
					typeVersion: 1.1,
					parameters: { amount: 40, unit: 'seconds' },
				};
				const started = [];
				for (const [path, nodes] of [
					['creating', [image('Kie', 'creating')]],
					['waiting', [wait, image('Kie', 'never')]],
				] as const) {
					const workflow = await client.createWorkflow(chain(path, [webhook(path), ...nodes]));
					await client.activate(workflow);
					await sleep(1_500);
					await axios.post(`${n8n.url}/webhook/${path}`, {});
					started.push(workflow.id);
				}
				while (kie.tasks.size < 1) await sleep(100);
				await sleep(1_000);
				await n8n.kill();
				n8n = await startN8n({ port, userFolder });
				const retry = async (workflowId = ''): Promise<Execution> => {
					const [crashed] = await n8n.client.listExecutions(workflowId);
					expect(crashed?.status).toBe('crashed');
					return await n8n.client.waitForExecution(await n8n.client.retryExecution(crashed?.id ?? ''));
				};
				const [creating, waiting] = await Promise.all(started.map(retry));
				expect(creating?.data.resultData.error?.message).toContain('may exist already');
				expect(waiting?.status).toBe('success');
				expect([...kie.tasks.values()].map(({ input }) => input.prompt)).toEqual(['creating', 'never']);
			} finally {
				await n8n.stop();
				await kie.close();
			}
		},
		300_000,
	);

	it('reuses the tasks of an execution that failed, and creates only the missing ones', async () => {
		const kie = await startSimulator({ taskSeconds: 3 });
		const n8n = await startN8n({ packageDir: PROJECT });
		try {
			const credential = await n8n.client.createCredential('kieAiApi', credentialFor(kie));
			// The first item's status cannot be read: its task is paid for.
			kie.inject({ on: 'read', kind: 'code', code: 401, times: 3 });
			const parameters = { operation: 'generate', model: 'google/nano-banana', prompt: '={{ $json.prompt }}' };
			const workflow = chain('Failed', [
				manualTrigger(),
				items('Prompts', prompts.slice(0, 1)),
				kieNode({ credential }, 'kieImage', parameters),
			]);
			const failedExecution = await n8n.client.runWorkflow(await n8n.client.createWorkflow(workflow));
			expect(failedExecution.status).toBe('error');
			const retried = await n8n.client.getExecution(await n8n.client.retryExecution(failedExecution.id));
			expect(retried.status).toBe('success');
			expect(kie.tasks.size).toBe(1);
		} finally {
			await n8n.stop();
			await kie.close();
		}
	});

	it('reuses the task of an execution that reached its time limit, with a higher one in the saved workflow', async () => {
		const kie = await startSimulator({ taskSeconds: 8 });
		const n8n = await startN8n({ packageDir: PROJECT });
		try {
			const credential = await n8n.client.createCredential('kieAiApi', credentialFor(kie));
			const workflowWith = (options: { timeLimit: number }) => {
				const parameters = { operation: 'generate', model: 'google/nano-banana', prompt: 'A fox', options };
				return chain('Time Limit', [manualTrigger(), kieNode({ credential }, 'kieImage', parameters)]);
			};
			const workflow = await n8n.client.createWorkflow(workflowWith({ timeLimit: 0.02 }));
			const failedExecution = await n8n.client.runWorkflow(workflow);
			expect(failedExecution.data.resultData.error?.message).toContain('did not complete within 0.02 minutes');
			await n8n.client.updateWorkflow(workflow.id, workflowWith({ timeLimit: 5 }));
			const id = await n8n.client.retryExecution(failedExecution.id, { loadWorkflow: true });
			expect((await n8n.client.getExecution(id)).status).toBe('success');
			expect(kie.tasks.size).toBe(1);
		} finally {
			await n8n.stop();
			await kie.close();
		}
	});
});
