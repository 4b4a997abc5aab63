import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type Execution, nodeItems } from './client';
import { kieNode, origin, readFile, secondsAsPrompted, type TestSetup, startSetup } from './kie';
import { PROJECT } from './paths';
import { chain, items, manualTrigger, type NodeSource } from './workflow';

const IMAGE = join(PROJECT, 'test', 'demo', 'image.png');

describe('Kie Video and Kie Audio in a real n8n', () => {
	let setup: TestSetup;

	beforeAll(async () => (setup = await startSetup({ taskSeconds: secondsAsPrompted })));
	afterAll(async () => await setup.close());
	beforeEach(() => setup.kie.reset());

	const run = async (name: string, nodes: NodeSource[]): Promise<Execution> => {
		const { client } = setup.n8n;
		const execution = await client.runWorkflow(await client.createWorkflow(chain(name, [manualTrigger(), ...nodes])));
		const { error } = execution.data.resultData;
		expect(error && [error.message, error.description]).toBeUndefined();
		return execution;
	};
	/** The start of the file in an item's first binary field. */
	const download = async (execution: Execution, node = 'Kie') => {
		const binary = nodeItems(execution, node)[0]?.binary?.data;
		expect(binary).toBeDefined();
		return binary && { ...binary, bytes: await setup.n8n.client.downloadBinary(binary) };
	};
	const tasks = () => [...setup.kie.tasks.values()];

	it('generates a video from an uploaded image and downloads it', async () => {
		const image = join(setup.n8n.filesFolder, 'lighthouse.png');
		copyFileSync(IMAGE, image);
		const execution = await run('Image to video', [
			readFile('Image', image),
			kieNode(setup, 'kieVideo', {
				operation: 'imageToVideo',
				model: 'bytedance/seedance-2-fast',
				first_frame_url: 'data',
				prompt: 'The lamp begins to shine',
				duration: 5,
				downloadFiles: true,
			}),
		]);
		const sha256 = createHash('sha256').update(readFileSync(IMAGE)).digest('hex');
		expect(setup.kie.uploads).toMatchObject([{ sha256 }]);
		expect(tasks().map(({ input }) => input)).toEqual([
			{ first_frame_url: setup.kie.uploads[0]?.downloadUrl, prompt: 'The lamp begins to shine', duration: 5 },
		]);
		const video = await download(execution);
		expect(video).toMatchObject({ mimeType: 'video/mp4', fileName: expect.stringMatching(/\.mp4$/) });
		expect(video?.bytes.subarray(4, 8).toString()).toBe('ftyp');
	});

	it("generates a video with Veo's own API, then gets it in 1080p", async () => {
		const execution = await run('Veo', [
			kieNode(
				setup,
				'kieVideo',
				{ operation: 'textToVideo', model: 'veo3_fast', prompt: 'A red fox', duration: 8 },
				{ name: 'Veo' },
			),
			kieNode(setup, 'kieVideo', {
				operation: 'upscale',
				model: 'veo-get-1080p',
				taskId: '={{ $json.taskId }}',
				downloadFiles: true,
			}),
		]);
		const video = nodeItems(execution, 'Veo')[0]?.json;
		expect(video).toMatchObject({ api: 'veo', model: 'veo3_fast', state: 'success' });
		const larger = nodeItems(execution, 'Kie')[0]?.json;
		expect(larger).toMatchObject({ api: 'veo-1080p', taskId: video?.taskId, state: 'success' });
		expect(larger?.urls).toHaveLength(1);
		expect(larger?.urls).not.toEqual(video?.urls);
		expect((await download(execution))?.mimeType).toBe('video/mp4');
	});

	it("generates a video with Runway's own API, then extends it", async () => {
		const execution = await run('Runway', [
			kieNode(
				setup,
				'kieVideo',
				{
					operation: 'textToVideo',
					model: 'runway-own',
					prompt: 'A red fox',
					aspect_ratio: '16:9',
					duration: 5,
					resolution: '720p',
				},
				{ name: 'Runway' },
			),
			kieNode(setup, 'kieVideo', {
				operation: 'extend',
				model: 'runway-extend',
				prompt: 'It falls asleep',
				taskId: '={{ $json.taskId }}',
				resolution: '720p',
			}),
		]);
		const video = nodeItems(execution, 'Runway')[0]?.json;
		expect(video).toMatchObject({ api: 'runway', state: 'success', videoId: expect.any(String) });
		const extended = nodeItems(execution, 'Kie')[0]?.json;
		expect(extended).toMatchObject({ api: 'runway', model: 'runway-extend', state: 'success' });
		expect(setup.kie.tasks.get(String(extended?.taskId))?.parent).toBe(video?.taskId);
	});

	it('returns videos of mixed durations in the order of their items, in the time of the slowest', async () => {
		const seconds = [6, 1, 4, 1, 2];
		const execution = await run('Batch', [
			items(
				'Items',
				seconds.map((duration, index) => ({ name: `video ${index}`, prompt: `${duration} seconds` })),
			),
			kieNode(setup, 'kieVideo', {
				operation: 'textToVideo',
				model: 'grok-imagine/text-to-video',
				prompt: '={{ $json.prompt }}',
			}),
			origin('Origin', 'Items', 'name'),
		]);
		const videos = nodeItems(execution, 'Origin').map(({ json }) => json);
		expect(videos.map((json) => json.origin)).toEqual(seconds.map((_, index) => `video ${index}`));
		const prompts = videos.map(({ taskId }) => setup.kie.tasks.get(String(taskId))?.input.prompt);
		expect(prompts).toEqual(seconds.map((duration) => `${duration} seconds`));
		const durationMs = execution.data.resultData.runData.Kie?.[0]?.executionTime ?? Infinity;
		expect(durationMs).toBeLessThan(1.3 * 6_000);
	});

	it('generates a dialogue and downloads it', async () => {
		const execution = await run('Dialogue', [
			kieNode(setup, 'kieAudio', {
				operation: 'dialogue',
				model: 'elevenlabs/text-to-dialogue-v3',
				dialogue: {
					items: [
						{
							text: 'Who is there?',
							// What the editor stores for a voice that was selected by name
							voice: { __rl: true, mode: 'list', value: 'TX3LPaxmHKxFdv7VOQHJ', cachedResultName: 'Liam' },
						},
						{ text: 'A fox.', voice: { __rl: true, mode: 'id', value: 'Adam' } },
					],
				},
				additionalFields: { stability: 0.5 },
				downloadFiles: true,
			}),
		]);
		expect(tasks().map(({ input }) => input)).toEqual([
			{
				dialogue: [
					{ text: 'Who is there?', voice: 'TX3LPaxmHKxFdv7VOQHJ' },
					{ text: 'A fox.', voice: 'Adam' },
				],
				stability: 0.5,
			},
		]);
		expect(await download(execution)).toMatchObject({
			mimeType: 'audio/mpeg',
			fileName: expect.stringMatching(/\.mp3$/),
		});
	});

	it('generates speech with a voice from an expression', async () => {
		await run('Voice by expression', [
			items('Items', [{ voice: 'Rachel' }, { voice: 'a-cloned-voice' }]),
			kieNode(setup, 'kieAudio', {
				operation: 'textToSpeech',
				model: 'elevenlabs/text-to-speech-multilingual-v2',
				text: 'Good morning',
				voice: { __rl: true, mode: 'id', value: '={{ $json.voice }}' },
			}),
		]);
		// Tasks of one run are created side by side, so they arrive in any order.
		expect(
			tasks()
				.map(({ input }) => input.voice)
				.sort(),
		).toEqual(['Rachel', 'a-cloned-voice']);
	});

	it('transcribes an uploaded recording, with text and words in the JSON', async () => {
		const speech = await run('Speech', [
			kieNode(
				setup,
				'kieAudio',
				{
					operation: 'textToSpeech',
					model: 'elevenlabs/text-to-speech-multilingual-v2',
					text: 'The quick brown fox',
					voice: { __rl: true, mode: 'id', value: 'Rachel' },
					downloadFiles: true,
				},
				{ name: 'Speech' },
			),
			kieNode(setup, 'kieAudio', {
				operation: 'transcribe',
				model: 'elevenlabs/speech-to-text',
				audio_url: 'data',
				additionalFields: { diarize: true },
			}),
		]);
		const json = nodeItems(speech, 'Kie')[0]?.json;
		expect(json).toMatchObject({
			state: 'success',
			language_code: 'eng',
			text: expect.stringContaining('quick brown fox'),
		});
		expect(json?.words).toEqual(
			expect.arrayContaining([
				{ text: 'quick', start: expect.any(Number), end: expect.any(Number), speaker_id: 'speaker_0', type: 'word' },
			]),
		);
		expect(setup.kie.uploads).toMatchObject([{ mimeType: 'audio/mpeg' }]);
	});

	it('are offered as tools for AI agents', async () => {
		const names = (await setup.n8n.client.listNodeTypes()).map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining(['n8n-nodes-kie-ai.kieVideoTool', 'n8n-nodes-kie-ai.kieAudioTool']));
	});
});
