import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import axios from 'axios';
import type { INode } from 'n8n-workflow';
import { z } from 'zod';

import { type CredentialReference, nodeItems, type SavedWorkflow } from './client';
import { type ExampleSetup, lastExecution, onlyItem, publishExample, readExample, submitForm } from './example';
import { kieNode, secondsAsPrompted, type TestSetup, startSetup } from './kie';
import { type Outside, startOutside } from './outside';
import { PROJECT } from './paths';
import { chain } from './workflow';

/** The templates as a user imports them, in a real n8n, with a local server as Telegram, Google Sheets and Google Drive. */

const PHOTO = new File([readFileSync(join(PROJECT, 'test', 'demo', 'image.png'))], 'teapot.png', { type: 'image/png' });
const CHAT_ID = 4711;

let setup: TestSetup;
let outside: Outside;
let telegram: CredentialReference;
let set: ExampleSetup;

beforeAll(async () => {
	setup = await startSetup({ taskSeconds: secondsAsPrompted });
	outside = await startOutside();
	const token = { accessToken: '1:abc', baseUrl: outside.url };
	telegram = await setup.n8n.client.createCredential('telegramApi', token, 'Telegram');
	set = { ...setup, outside, telegram };
});
afterAll(async () => {
	await outside.close();
	await setup.close();
});
beforeEach(() => {
	setup.kie.reset();
	outside.requests.length = 0;
});

const publish = async (file: string) => await publishExample(readExample(join('templates', file), set), set);
const bodies = () => setup.kie.creates().map(({ body }) => body);
const inputs = () => bodies().map((body) => Object(body).input);

/** A published workflow with a Telegram Trigger, and a function that sends it a message as Telegram does. */
async function publishBot(file: string, prepare: (node: INode) => void = () => {}) {
	const source = readExample(join('templates', file), set);
	source.nodes.forEach(prepare);
	const earlier = outside.to('setWebhook').length;
	const workflow = await publishExample(source, set);
	// n8n 2.41 may tell Telegram only after it has published the workflow.
	for (let attempt = 0; attempt < 40 && outside.to('setWebhook').length === earlier; attempt++) await sleep(250);
	const { url, secret_token } = outside.to('setWebhook').at(-1)?.json ?? {};
	const headers = { 'x-telegram-bot-api-secret-token': String(secret_token) };
	return async (message: object) => {
		await axios.post(String(url), { update_id: 1, message: { chat: { id: CHAT_ID }, ...message } }, { headers });
		await sleep(500);
		return await lastExecution(workflow, set);
	};
}

describe('telegram-image-bot.json', () => {
	let sendMessage: Awaited<ReturnType<typeof publishBot>>;
	beforeAll(async () => (sendMessage = await publishBot('telegram-image-bot.json')));

	it('replies to a message with the image', async () => {
		const execution = await sendMessage({ text: 'A red fox in fresh snow' });
		expect(execution.status).toBe('success');
		expect(inputs()).toMatchObject([{ prompt: 'A red fox in fresh snow' }]);
		const [photo] = outside.to('sendPhoto');
		const body = photo?.body.toString('latin1') ?? '';
		expect(body).toContain(String(CHAT_ID));
		expect(body).toMatch(/Content-Type: image\//i);
	});

	it('replies with the reason if there is no text, and generates nothing', async () => {
		const execution = await sendMessage({ sticker: { emoji: '🦊' } });
		expect(execution.status).toBe('success');
		expect(setup.kie.tasks.size).toBe(0);
		expect(outside.to('sendMessage').map(({ json }) => json)).toMatchObject([
			{ chat_id: CHAT_ID, text: expect.stringMatching(/^No image: .*Prompt/) },
		]);
	});
});

describe('product-photo-to-drive.json', () => {
	let workflow: SavedWorkflow;
	beforeAll(async () => (workflow = await publish('product-photo-to-drive.json')));

	it('edits the photo of a form and stores the result', async () => {
		const execution = await submitForm(workflow, [PHOTO, 'On a marble table'], set);
		expect(setup.kie.uploads).toHaveLength(1);
		expect(inputs()).toMatchObject([{ prompt: expect.stringContaining('On a marble table') }]);
		const [stored] = outside.to('drive');
		expect(stored?.contentType).toMatch(/^image\//);
		expect(stored?.path).toContain('name=');
		expect(stored?.body.length).toBeGreaterThan(100);
		expect(onlyItem(nodeItems(execution, 'Save to Drive')).webViewLink).toContain('https://drive.google.com');
	});

	it('shows the reason of a failed task', async () => {
		setup.kie.inject({ on: 'create', kind: 'fail' });
		const execution = await submitForm(workflow, [PHOTO, 'On the moon'], set);
		expect(execution.data.resultData.error).toBeUndefined();
		expect(onlyItem(nodeItems(execution, 'Edit Photo', 1)).error).toMatchObject({
			message: expect.stringContaining('Kie.ai could not complete the task'),
		});
		expect(outside.to('drive')).toEqual([]);
	});
});

describe('sheet-to-videos.json', () => {
	it('writes a link and credits, or a reason, to each row without a status', async () => {
		outside.rows = [
			{ row_number: 2, Prompt: 'A lighthouse', Status: '' },
			{ row_number: 3, Prompt: 'A finished one', Status: 'done' },
			{ row_number: 4, Prompt: 'A forest', Status: '' },
			{ row_number: 5, Prompt: '', Status: '' },
		];
		const workflow = await setup.n8n.client.createWorkflow(readExample('templates/sheet-to-videos.json', set));
		const execution = await setup.n8n.client.runWorkflow(workflow);
		expect(execution.status).toBe('success');
		expect(
			inputs()
				.map(({ prompt }) => prompt)
				.sort(),
		).toEqual(['A forest', 'A lighthouse']);
		const written = outside.to('sheet').flatMap(({ method, json }) => (method === 'POST' ? [json] : []));
		const done = (row: string) => ({
			row_number: row,
			Status: 'done',
			Video: expect.stringMatching(/^http/),
			Credits: expect.stringMatching(/^\d/),
		});
		expect(
			written.map((row) => ({ ...row, row_number: String(row.row_number), Credits: String(row.Credits) })),
		).toEqual(
			expect.arrayContaining([
				done('2'),
				done('4'),
				expect.objectContaining({ row_number: '5', Status: 'failed', Video: expect.stringContaining('Prompt') }),
			]),
		);
		expect(written).toHaveLength(3);
	});
});

describe('image-video-upscale.json', () => {
	it('passes the result of each step to the next', async () => {
		const workflow = await publish('image-video-upscale.json');
		const execution = await submitForm(workflow, ['A lighthouse at dusk', 'The camera circles it'], set);
		const url = (node: string) => onlyItem(nodeItems(execution, node)).url;
		expect(bodies()).toMatchObject([
			{ input: { prompt: 'A lighthouse at dusk' } },
			{ input: { prompt: 'The camera circles it', first_frame_url: url('Generate First Frame') } },
			{ input: { video_url: url('Animate It') } },
		]);
		expect(url('Upscale Clip')).toMatch(/^http/);
		expect(nodeItems(execution, 'Upscale Clip')[0]?.binary?.data?.mimeType).toBe('video/mp4');
	});
});

describe('talking-avatar.json', () => {
	it('generates a video of the portrait speaking the text', async () => {
		const workflow = await publish('talking-avatar.json');
		const execution = await submitForm(workflow, [PHOTO, 'Welcome to our shop!'], set);
		expect(inputs()).toMatchObject([
			{ text: 'Welcome to our shop!' },
			{
				image_url: setup.kie.uploads[0]?.downloadUrl,
				audio_url: onlyItem(nodeItems(execution, 'Generate Speech')).url,
			},
		]);
		expect(nodeItems(execution, 'Generate Avatar')[0]?.binary?.data?.mimeType).toBe('video/mp4');
	});
});

describe('song-with-cover-and-video.json', () => {
	it('generates the cover and the video of the song', async () => {
		const workflow = await publish('song-with-cover-and-video.json');
		const execution = await submitForm(workflow, ['Night City', 'Synthwave', '[Verse] Neon rain'], set);
		const song = onlyItem(nodeItems(execution, 'Generate Song'));
		expect(bodies()[0]).toMatchObject({ title: 'Night City', style: 'Synthwave', prompt: '[Verse] Neon rain' });
		expect(bodies()).toHaveLength(3);
		for (const body of bodies().slice(1)) expect(body).toMatchObject({ taskId: song.taskId });
		expect(onlyItem(nodeItems(execution, 'Wait for Both')).state).toBe('success');
		expect(nodeItems(execution, 'Generate Music Video')[0]?.binary?.data?.mimeType).toBe('video/mp4');
	});
});

describe('nightly-unfetched-tasks.json', () => {
	it('stores the tasks that an error names, and gets their results the next night', async () => {
		const { client } = setup.n8n;
		const nightly = await publish('nightly-unfetched-tasks.json');
		// A task that exceeds its time limit, in a workflow of the user.
		const path = 'unfetched';
		const failing = await publishExample(
			{
				...chain('Fails', [
					{
						name: 'Webhook',
						type: 'n8n-nodes-base.webhook',
						typeVersion: 2,
						parameters: { path },
						webhookId: 'b6a0cf0c-5f3e-4e2a-b5e0-6f0f9b7d1a01',
					},
					kieNode(setup, 'kieImage', {
						operation: 'generate',
						model: 'z-image',
						prompt: '14 seconds of work for a fox',
						aspect_ratio: '1:1',
						options: { timeLimit: 0.05 },
					}),
				]),
				settings: { executionOrder: 'v1', errorWorkflow: nightly.id },
			},
			set,
		);
		await axios.get(`${setup.n8n.url}/webhook/${path}`);
		expect((await lastExecution(failing, set)).status).toBe('error');
		const [task] = [...setup.kie.tasks.values()];
		const remembered = await lastExecution(nightly, set);
		expect(remembered.status).toBe('success');
		expect(onlyItem(nodeItems(remembered, 'Remember Tasks'))).toMatchObject({
			taskId: task?.id,
			api: 'market',
			status: 'open',
		});

		const night = async () => await client.runWorkflow(nightly, { trigger: 'Every Night' });
		expect(nodeItems(await night(), 'Still Running')).toHaveLength(1);
		await sleep(14_000);
		const storedRows = await night();
		expect(onlyItem(nodeItems(storedRows, 'Keep Result'))).toMatchObject({
			taskId: task?.id,
			status: 'success',
			result: expect.stringMatching(/^http/),
		});
		expect((await night()).data.resultData.runData['Get Task']).toBeUndefined();
		expect(setup.kie.creates()).toHaveLength(1);
	});
});
describe('agent-with-approval.json', () => {
	const APPROVER = '42';
	// n8n ignores clients that are not a browser, such as link previews.
	const BROWSER =
		'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
	const PROMPT = 'call Generate_Video with {"toolParameters":{"prompt":"A lighthouse at dusk"}}';
	let sendMessage: Awaited<ReturnType<typeof publishBot>>;
	beforeAll(async () => {
		sendMessage = await publishBot('agent-with-approval.json', ({ name, parameters }) => {
			if (name === 'Ask for Approval') parameters.chatId = APPROVER;
		});
	});

	/** Requests a video from the agent, and taps a button of the question in another chat; returns the run. */
	const ask = async (label: string) => {
		const waiting = await sendMessage({ text: PROMPT });
		expect(waiting.status).toBe('waiting');
		expect(setup.kie.tasks.size).toBe(0);
		const { chat_id, text, reply_markup } = question.parse(outside.to('sendMessage')[0]?.json);
		expect({ chat_id, text }).toEqual({ chat_id: APPROVER, text: expect.stringContaining('A lighthouse at dusk') });
		const url = reply_markup.inline_keyboard.flat().find((button) => button.text.includes(label))?.url;
		await axios.get(String(url), { headers: { 'user-agent': BROWSER } });
		const execution = await setup.n8n.client.waitForExecution(waiting.id, 30_000);
		expect(execution.status).toBe('success');
		expect(outside.to('sendMessage')).toHaveLength(2);
		return outside.to('sendMessage')[1]?.json;
	};

	it('generates the video after approval', async () => {
		expect(await ask('Approve')).toMatchObject({ chat_id: CHAT_ID, text: expect.stringContaining('/files/results/') });
		expect(inputs()).toMatchObject([{ prompt: 'A lighthouse at dusk' }]);
	});

	it('generates nothing if it is declined', async () => {
		expect(await ask('Decline')).toMatchObject({ chat_id: CHAT_ID, text: expect.not.stringContaining('/files/') });
		expect(setup.kie.creates()).toEqual([]);
	});
});

/** The messages sent to Telegram. */
const question = z.object({
	chat_id: z.string(),
	text: z.string(),
	reply_markup: z.object({ inline_keyboard: z.array(z.array(z.object({ text: z.string(), url: z.string() }))) }),
});
