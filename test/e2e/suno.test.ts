import { omit } from 'lodash';
import type { INodeParameters } from 'n8n-workflow';

import { type Editor, hasBrowser, openEditor } from './browser';
import { type Execution, nodeItems } from './client';
import { kieNode, origin, type TestSetup, startSetup } from './kie';
import { chain, items, manualTrigger, type NodeSource } from './workflow';

describe('Kie Suno in a real n8n', () => {
	let setup: TestSetup;

	beforeAll(async () => (setup = await startSetup({ taskSeconds: 1 })));
	afterAll(async () => await setup.close());
	beforeEach(() => setup.kie.reset());

	const suno = (name: string, resource: string, operation: string, parameters: INodeParameters = {}): NodeSource =>
		kieNode(setup, 'kieSuno', { resource, operation, ...parameters }, { name });
	const song = (): NodeSource => suno('Generate', 'music', 'generate', { prompt: 'A song of the night city' });

	const run = async (name: string, nodes: NodeSource[]): Promise<Execution> => {
		const { client } = setup.n8n;
		const execution = await client.runWorkflow(await client.createWorkflow(chain(name, [manualTrigger(), ...nodes])));
		const { error } = execution.data.resultData;
		expect(error && [error.message, error.description]).toBeUndefined();
		return execution;
	};
	const jsonOf = (execution: Execution, node: string) => nodeItems(execution, node)[0]?.json ?? {};
	const trackOf = (json: Record<string, unknown>): { id?: unknown } =>
		Array.isArray(json.tracks) ? Object(json.tracks[0]) : {};
	/** The bodies of the creates, in order, without the callback URL. */
	const bodies = () =>
		setup.kie.creates().map(({ body }): Record<string, unknown> => omit(Object(body), 'callBackUrl'));

	it('generates songs for two items and downloads their tracks as MP3', async () => {
		const execution = await run('Songs', [
			items('Items', [
				{ name: 'Dawn', mood: 'calm piano' },
				{ name: 'Dusk', mood: 'dark synthwave' },
			]),
			suno('Kie', 'music', 'generate', {
				customMode: true,
				instrumental: true,
				title: '={{ $json.name }}',
				style: '={{ $json.mood }}',
				duration: 30,
				downloadFiles: true,
				options: { itemPerFile: true },
			}),
			origin('Origin', 'Items', 'name'),
		]);
		const outputItems = nodeItems(execution, 'Origin');
		expect(outputItems.map(({ json }) => json.origin)).toEqual(['Dawn', 'Dawn', 'Dusk', 'Dusk']);
		expect(outputItems.map(({ json }) => json.title)).toEqual(['Dawn', 'Dawn', 'Dusk', 'Dusk']);
		const files = nodeItems(execution, 'Kie').map(({ binary }) => binary?.data);
		expect(files.map((file) => file?.fileName)).toEqual(['Dawn-1.mp3', 'Dawn-2.mp3', 'Dusk-1.mp3', 'Dusk-2.mp3']);
		for (const file of files) {
			expect(file?.mimeType).toBe('audio/mpeg');
			const bytes = file && (await setup.n8n.client.downloadBinary(file));
			// An ID3 tag, or an audio frame
			expect(bytes?.subarray(0, 3).toString('latin1')).toMatch(/^(ID3|\xff[\xe0-\xff])/);
		}
	});

	it('separates the stems of a new song, then converts the same track to WAV', async () => {
		const execution = await run('Stems', [
			song(),
			suno('Stems', 'audio', 'separate'),
			suno('WAV', 'audio', 'convertToWav', { downloadFiles: true }),
		]);
		const songJson = jsonOf(execution, 'Generate');
		const ofTrack = { taskId: songJson.taskId, audioId: trackOf(songJson).id };
		expect(bodies().slice(1)).toEqual([{ ...ofTrack, type: 'separate_vocal' }, ofTrack]);
		expect(jsonOf(execution, 'Stems')).toMatchObject({
			state: 'success',
			stems: { vocal: expect.any(String), instrumental: expect.any(String) },
		});
		expect(nodeItems(execution, 'WAV')[0]?.binary?.data).toMatchObject({
			fileName: expect.stringMatching(/\.wav$/),
			mimeType: expect.stringMatching(/^audio\/.*wav/),
		});
	});

	it('generates a music video for a new song', async () => {
		const execution = await run('Video', [song(), suno('Video', 'video', 'generate', { downloadFiles: true })]);
		const songJson = jsonOf(execution, 'Generate');
		expect(bodies()[1]).toEqual({ taskId: songJson.taskId, audioId: trackOf(songJson).id });
		expect(nodeItems(execution, 'Video')[0]?.binary?.data).toMatchObject({ mimeType: 'video/mp4' });
	});

	it('extends a new song', async () => {
		const execution = await run('Extend', [song(), suno('Extend', 'music', 'extend')]);
		expect(bodies()[1]).toEqual({
			audioId: trackOf(jsonOf(execution, 'Generate')).id,
			defaultParamFlag: false,
			model: 'V6',
		});
		expect(jsonOf(execution, 'Extend')).toMatchObject({ state: 'success', tracks: [{}, {}] });
	});

	it('does the same with the market API', async () => {
		const options = { useMarket: true };
		const execution = await run('Market', [
			suno('Generate', 'music', 'generate', { prompt: 'A song of the night city', options }),
			suno('Stems', 'audio', 'separate', { options }),
			suno('WAV', 'audio', 'convertToWav', { options }),
			suno('Video', 'video', 'generate', { options }),
		]);
		const songJson = jsonOf(execution, 'Generate');
		const ofTrack = { task_id: songJson.taskId, audio_id: trackOf(songJson).id };
		expect(
			bodies()
				.slice(1)
				.map(({ input }) => input),
		).toEqual([{ ...ofTrack, type: 'separate_vocal' }, ofTrack, ofTrack]);
		expect(jsonOf(execution, 'Stems')).toMatchObject({ stems: { vocal: expect.any(String) } });
	});

	it('is offered as a tool for AI agents', async () => {
		const names = (await setup.n8n.client.listNodeTypes()).map(({ name }) => name);
		expect(names).toContain('n8n-nodes-kie-ai.kieSunoTool');
	});

	/** Each step continues from the one before it. */
	(hasBrowser ? describe : describe.skip)('in the editor', () => {
		let editor: Editor;
		beforeAll(async () => {
			const { id } = await setup.n8n.client.createWorkflow(chain('Kie Suno', [manualTrigger()]));
			editor = await openEditor(setup.n8n, id);
		});
		afterAll(async () => await editor.close());
		const fields = async () =>
			(await editor.shownParameters()).filter(
				(path) => !/^(resource|operation|price|specifyInput|downloadFiles|executionMode|options\b)/.test(path),
			);

		it('is found in the panel and shows the song description first', async () => {
			await editor.addNode('Kie Suno', 'Generate song or music');
			await editor.chooseCredential(setup.credential);
			expect((await fields()).sort()).toEqual(['customMode', 'instrumental', 'model', 'prompt']);
		});

		it('shows more fields in custom mode, and no lyrics for an instrumental', async () => {
			await editor.toggle('customMode');
			const extraFields = ['duration', 'style', 'title'];
			expect((await fields()).sort()).toEqual(['customMode', ...extraFields, 'instrumental', 'model', 'prompt'].sort());
			expect(await editor.addable('additionalFields')).toContain('Vocal Gender');
			await editor.toggle('instrumental');
			expect((await fields()).sort()).toEqual(['customMode', ...extraFields, 'instrumental', 'model'].sort());
			expect(await editor.addable('additionalFields')).not.toContain('Vocal Gender');
			await editor.toggle('instrumental');
		});

		it('generates a song and shows its tracks', async () => {
			await editor.fill('prompt', '[Chorus] Night city, carry me home');
			await editor.fill('style', 'Synthwave, warm analog pads, female vocals');
			await editor.fill('title', 'Night City');
			await editor.fill('duration', '120');
			await editor.addOption('options', 'Poll Interval (Seconds)');
			await editor.fill('options.pollInterval', '1');
			const execution = await editor.executeStep();
			expect(execution.status).toBe('success');
			expect(setup.kie.creates()[0]?.body).toMatchObject({ customMode: true, title: 'Night City', duration: 120 });
			await editor.showOutput('json', 'tracks');
			await editor.dismissPopups();
			await editor.parameter('operation').scrollIntoViewIfNeeded();
			await editor.screenshot('kie-suno', 1300);
		});
	});
});
