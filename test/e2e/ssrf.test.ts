import { type Simulator, startSimulator } from '../simulator';
import { type Execution, nodeItems } from './client';
import { credentialFor, kieNode } from './kie';
import { type N8n, startN8n } from './n8n';
import { PROJECT } from './paths';
import { chain, manualTrigger } from './workflow';

/** n8n's own protection against requests to private addresses, which resolves the names of hosts. */
describe('an n8n with N8N_SSRF_PROTECTION_ENABLED', () => {
	let n8n: N8n;
	/** Its result files have the address 0.0.0.0, which is this machine too. */
	let otherKie: Simulator;
	let allowed: Simulator;

	beforeAll(async () => {
		const env = { N8N_SSRF_PROTECTION_ENABLED: 'true', N8N_SSRF_ALLOWED_IP_RANGES: '127.0.0.1/32' };
		[n8n, otherKie, allowed] = await Promise.all([
			startN8n({ packageDir: PROJECT, env }),
			startSimulator({ host: '0.0.0.0', taskSeconds: 0.5 }),
			startSimulator({ taskSeconds: 0.5 }),
		]);
	});
	afterAll(async () => await Promise.all([n8n.stop(), otherKie.close(), allowed.close()]));

	const run = async (kie: Simulator, host: string): Promise<Execution> => {
		const { baseUrl, uploadBaseUrl, ...data } = credentialFor(kie);
		const at = (url: unknown) => String(url).replace('0.0.0.0', host);
		const urls = { baseUrl: at(baseUrl), uploadBaseUrl: at(uploadBaseUrl) };
		const credential = await n8n.client.createCredential('kieAiApi', { ...data, ...urls });
		const image = kieNode({ credential }, 'kieImage', {
			operation: 'generate',
			model: 'google/nano-banana',
			prompt: 'A red fox',
			downloadFiles: true,
		});
		return await n8n.client.runWorkflow(await n8n.client.createWorkflow(chain('Image', [manualTrigger(), image])));
	};
	const downloadsOf = (kie: Simulator) => kie.requests.filter(({ path }) => path.startsWith('/files/')).length;

	it('downloads a result file from an allowed address', async () => {
		const execution = await run(allowed, '127.0.0.1');
		expect(nodeItems(execution, 'Kie')[0]?.binary?.data).toMatchObject({ mimeType: 'image/png' });
	});

	it('rejects a result file from another local address, and names the task and the URL', async () => {
		const execution = await run(otherKie, '127.0.0.1');
		const [task] = [...otherKie.tasks.values()];
		const { error } = execution.data.resultData;
		expect(error?.message).toMatch(/^A result file could not be downloaded: The request was blocked .* \[item 0\]$/);
		expect(error?.description).toContain(`Task ${task?.id}`);
		expect(error?.description).toContain(task?.urls[0]);
		expect(downloadsOf(otherKie)).toBe(0);
	});

	it('rejects an API at such an address, and reports that nothing was sent', async () => {
		const execution = await run(otherKie, '0.0.0.0');
		const { error } = execution.data.resultData;
		expect(error?.message).toMatch(/^Could not connect to Kie\.ai: The request was blocked .* \[item 0\]$/);
		expect(error?.description).toContain('No credits were charged');
		expect(otherKie.tasks.size).toBe(1);
	});
});
