import { hasBrowser, openEditor } from './browser';
import { readExample } from './example';
import { type TestSetup, startSetup } from './kie';
import { type Outside, startOutside } from './outside';
import { chain, manualTrigger } from './workflow';

/** What a run costs, in a real n8n: the price in the form, and the example that adds credits up. */

let setup: TestSetup;
let outside: Outside;
beforeAll(async () => {
	setup = await startSetup({ credits: 1000 });
	outside = await startOutside();
});
afterAll(async () => {
	await outside.close();
	await setup.close();
});
beforeEach(() => {
	setup.kie.reset();
	outside.requests.length = 0;
});

(hasBrowser ? it : it.skip)('shows the price beside the model, without running anything', async () => {
	const { id } = await setup.n8n.client.createWorkflow(chain('Price', [manualTrigger()]));
	const editor = await openEditor(setup.n8n, id);
	try {
		await editor.addNode('Kie Image', 'Generate image');
		await editor.chooseCredential(setup.credential);
		await editor.choose('model', 'Z-Image');
		await expectPrice('flat 4 credits per image');
		await editor.dismissPopups();
		await editor.screenshot('kie-image-price');
		await editor.closeNode();
		await editor.addNode('Kie Video', 'Generate video from text');
		await editor.chooseCredential(setup.credential);
		await expectPrice('Not available');
		await editor.screenshot('kie-video-price');
	} finally {
		await editor.close();
	}
	expect(setup.kie.creates()).toEqual([]);
	expect(setup.kie.requests.filter(({ path }) => path === '/api/v1/models')).toHaveLength(1);

	async function expectPrice(text: string) {
		for (let attempt = 0; attempt < 50 && (await editor.value('price')) !== text; attempt++)
			await new Promise((resolve) => setTimeout(resolve, 200));
		expect(await editor.value('price')).toBe(text);
	}
});

it('writes the credits of each client to a table', async () => {
	const set = { ...setup, outside };
	const { n8n } = setup;
	const workflow = await n8n.client.createWorkflow(readExample('credits-per-client.json', set));
	const execution = await n8n.client.runWorkflow(workflow);
	expect(execution.status).toBe('success');
	const rows = outside.requests.filter(({ path }) => path === '/sheet').map(({ json }) => json);
	expect(rows.map((row) => [Object(row).Client, Object(row).Credits])).toEqual([
		['Fox & Co', 4],
		['Lakeside Hotel', 4],
		['Fox & Co', 4],
	]);
});
