import { setTimeout as sleep } from 'node:timers/promises';

import { startSimulator } from '../simulator';
import { agent, AGENT, chatModel, imageTool, withSubNodes } from './agent';
import { nodeItems } from './client';
import { credentialFor, pausedImages, origin, secondsAsPrompted } from './kie';
import { startN8n } from './n8n';
import { PROJECT } from './paths';
import { chain, items, manualTrigger } from './workflow';

const prompts = (seconds: number[]) => seconds.map((length, index) => ({ prompt: `${length} s, image ${index}` }));

describe('executions that are paused while n8n crashes', () => {
	it('return all results, in order and paired, to agents too, and create no task twice', async () => {
		const kie = await startSimulator({ taskSeconds: secondsAsPrompted });
		let n8n = await startN8n({ packageDir: PROJECT });
		const { port, userFolder } = n8n;
		try {
			const credential = await n8n.client.createCredential('kieAiApi', credentialFor(kie));
			// Some complete while n8n is down and some when it is back, the first ones last.
			const lengths = Array.from({ length: 20 }, (_, index) => 70 - 2 * index);
			const workflow = await n8n.client.createWorkflow(
				chain('Durable batch', [
					manualTrigger(),
					items('Prompts', prompts(lengths)),
					pausedImages({ credential }),
					origin('After', 'Prompts', 'prompt'),
				]),
			);
			const id = await n8n.client.startWorkflow(workflow);
			const talk = await n8n.client.createWorkflow(
				withSubNodes('Agent', [manualTrigger(), agent('call Kie_Image with {"prompt":"60 s, agent"}')], {
					ai_languageModel: chatModel({ credential }, 'claude-sonnet-4-6'),
					ai_tool: imageTool({ credential }, { waitUsing: 'pause' }),
				}),
			);
			const talkId = await n8n.client.startWorkflow(talk);
			for (const paused of [id, talkId]) {
				await n8n.client.waitForExecution(paused, 60_000, ['waiting']);
				expect((await n8n.client.getExecution(paused)).status).toBe('waiting');
			}
			await n8n.kill();
			// Its checks are overdue when n8n is back.
			await sleep(15_000);
			n8n = await startN8n({ port, userFolder });
			const execution = await n8n.client.waitForExecution(id, 240_000);
			expect(execution.status).toBe('success');
			const answer = nodeItems(await n8n.client.waitForExecution(talkId, 240_000), AGENT)[0]?.json.output;
			const ofAgent = [...kie.tasks.values()].filter(({ input }) => input.prompt === '60 s, agent');
			expect(answer).toContain(ofAgent[0]?.urls?.[0]);
			expect(kie.tasks.size).toBe(20 + 1);
			const after = nodeItems(execution, 'After').map(({ json }) => json);
			expect(after.map(({ origin: prompt }) => prompt)).toEqual(prompts(lengths).map(({ prompt }) => prompt));
			const urls = prompts(lengths).map(
				({ prompt }) => [...kie.tasks.values()].find(({ input }) => input.prompt === prompt)?.urls,
			);
			expect(after.map((json) => json.urls)).toEqual(urls);
		} finally {
			await n8n.stop();
			await kie.close();
		}
	}, 360_000);
});
