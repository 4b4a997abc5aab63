import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type Execution, nodeItems } from './client';
import { kieNode, origin, readFile, secondsAsPrompted, type Stage, startStage } from './kie';
import { PROJECT } from './paths';
import { chain, items, manualTrigger, type NodeSource } from './workflow';

const IMAGE = join(PROJECT, 'test', 'demo', 'image.png');

describe('Kie Video and Kie Audio in a real n8n', () => {
	let stage: Stage;

	beforeAll(async () => (stage = await startStage({ taskSeconds: secondsAsPrompted })));
	afterAll(async () => await stage.close());
	beforeEach(() => stage.kie.reset());

	const run = async (name: string, nodes: NodeSource[]): Promise<Execution> => {
		const { client } = stage.n8n;
		const execution = await client.runWorkflow(await client.createWorkflow(chain(name, [manualTrigger(), ...nodes])));
		const { error } = execution.data.resultData;
		expect(error && [error.message, error.description]).toBeUndefined();
		return execution;
	};
	/** The start of the file in an item's first binary field. */
	const download = async (execution: Execution, node = 'Kie') => {
		const binary = nodeItems(execution, node)[0]?.binary?.data;
		expect(binary).toBeDefined();
		return binary && { ...binary, bytes: await stage.n8n.client.downloadBinary(binary) };
	};
	const tasks = () => [...stage.kie.tasks.values()];

	it('generates a video from an uploaded image and downloads it', async () => {
		const image = join(stage.n8n.filesFolder, 'lighthouse.png');
		copyFileSync(IMAGE, image);
		const execution = await run('Image to video', [
			readFile('Image', image),
			kieNode(stage, 'kieVideo', {
				operation: 'imageToVideo',
				model: 'bytedance/seedance-2-fast',
				first_frame_url: 'data',
				prompt: 'The lamp begins to shine',
				duration: 5,
				downloadFiles: true,
			}),
		]);
		const sha256 = createHash('sha256').update(readFileSync(IMAGE)).digest('hex');
		expect(stage.kie.uploads).toMatchObject([{ sha256 }]);
		expect(tasks().map(({ input }) => input)).toEqual([
			{ first_frame_url: stage.kie.uploads[0]?.downloadUrl, prompt: 'The lamp begins to shine', duration: 5 },
		]);
		const video = await download(execution);
		expect(video).toMatchObject({ mimeType: 'video/mp4', fileName: expect.stringMatching(/\.mp4$/) });
		expect(video?.bytes.subarray(4, 8).toString()).toBe('ftyp');
	});

	it("generates a video with Veo's own API, then gets it in 1080p", async () => {
		const execution = await run('Veo', [
			kieNode(
				stage,
				'kieVideo',
				{ operation: 'textToVideo', model: 'veo3_fast', prompt: 'A red fox', duration: 8 },
				{ name: 'Veo' },
			),
			kieNode(stage, 'kieVideo', {
				operation: 'upscale',
				model: 'veo-get-1080p',
				taskId: '={{ $json.taskId }}',
				downloadFiles: true,
			}),
		]);
		const made = nodeItems(execution, 'Veo')[0]?.json;
		expect(made).toMatchObject({ api: 'veo', model: 'veo3_fast', state: 'success' });
		const larger = nodeItems(execution, 'Kie')[0]?.json;
		expect(larger).toMatchObject({ api: 'veo-1080p', taskId: made?.taskId, state: 'success' });
		expect(larger?.urls).toHaveLength(1);
		expect(larger?.urls).not.toEqual(made?.urls);
		expect((await download(execution))?.mimeType).toBe('video/mp4');
	});

	it("generates a video with Runway's own API, then extends it", async () => {
		const execution = await run('Runway', [
			kieNode(
				stage,
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
			kieNode(stage, 'kieVideo', {
				operation: 'extend',
				model: 'runway-extend',
				prompt: 'It falls asleep',
				taskId: '={{ $json.taskId }}',
				resolution: '720p',
			}),
		]);
		const made = nodeItems(execution, 'Runway')[0]?.json;
		expect(made).toMatchObject({ api: 'runway', state: 'success', videoId: expect.any(String) });
		const longer = nodeItems(execution, 'Kie')[0]?.json;
		expect(longer).toMatchObject({ api: 'runway', model: 'runway-extend', state: 'success' });
		expect(stage.kie.tasks.get(String(longer?.taskId))?.parent).toBe(made?.taskId);
	});

	it('returns videos of mixed durations in the order of their items, in the time of the slowest', async () => {
		const seconds = [6, 1, 4, 1, 2];
		const execution = await run('Batch', [
			items(
				'Items',
				seconds.map((duration, index) => ({ name: `video ${index}`, prompt: `${duration} seconds` })),
			),
			kieNode(stage, 'kieVideo', {
				operation: 'textToVideo',
				model: 'grok-imagine/text-to-video',
				prompt: '={{ $json.prompt }}',
			}),
			origin('Origin', 'Items', 'name'),
		]);
		const made = nodeItems(execution, 'Origin').map(({ json }) => json);
		expect(made.map((json) => json.origin)).toEqual(seconds.map((_, index) => `video ${index}`));
		const prompts = made.map(({ taskId }) => stage.kie.tasks.get(String(taskId))?.input.prompt);
		expect(prompts).toEqual(seconds.map((duration) => `${duration} seconds`));
		const took = execution.data.resultData.runData.Kie?.[0]?.executionTime ?? Infinity;
		expect(took).toBeLessThan(1.3 * 6_000);
	});

	it('generates a dialogue and downloads it', async () => {
		const execution = await run('Dialogue', [
			kieNode(stage, 'kieAudio', {
				operation: 'dialogue',
				model: 'elevenlabs/text-to-dialogue-v3',
				dialogue: {
					items: [
						{
							text: 'Who is there?',
							// What the editor stores for a voice that was picked by name
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
			kieNode(stage, 'kieAudio', {
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
				stage,
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
			kieNode(stage, 'kieAudio', {
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
		expect(stage.kie.uploads).toMatchObject([{ mimeType: 'audio/mpeg' }]);
	});

	it('are offered as tools for AI agents', async () => {
		const names = (await stage.n8n.client.listNodeTypes()).map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining(['n8n-nodes-kie-ai.kieVideoTool', 'n8n-nodes-kie-ai.kieAudioTool']));
	});
});
