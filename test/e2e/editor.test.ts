import { audioModels } from '../../nodes/shared/catalogue/audio';
import { imageModels } from '../../nodes/shared/catalogue/image';
import type { Model } from '../../nodes/shared/catalogue/types';
import { videoModels } from '../../nodes/shared/catalogue/video';
import { type Field, fieldsOf } from '../../nodes/shared/form/modelFields';
import { isOffered, modelName } from '../../nodes/shared/form/modelParameters';
import { compareNatural } from '../../nodes/shared/compareNatural';
import { type Simulator, startSimulator } from '../simulator';
import { type Editor, hasBrowser, openEditor } from './browser';
import { nodeItems } from './client';
import { type N8n, startN8n } from './n8n';
import { PROJECT } from './paths';
import { chain, manualTrigger } from './workflow';

const OWN_PARAMETERS = ['operation', 'model', 'price', 'specifyInput', 'downloadFiles', 'executionMode'];

if (!hasBrowser) console.warn('The tests of the editor are skipped: they need Chromium (set CHROMIUM to its path).');

// On a busy machine the editor now and then misses n8n's message that a run has completed.
jest.retryTimes(1, { logErrorsBeforeRetry: true });

/** What a user sees and does in n8n's editor, step by step; every test continues from the one before it. */
(hasBrowser ? describe : describe.skip)('the editor', () => {
	let kie: Simulator;
	let n8n: N8n;

	beforeAll(async () => {
		kie = await startSimulator();
		n8n = await startN8n({ packageDir: PROJECT });
	});
	afterAll(async () => {
		await n8n.stop();
		await kie.close();
	});

	const openWorkflow = async (name: string): Promise<Editor> => {
		const { id } = await n8n.client.createWorkflow(chain(name, [manualTrigger()]));
		return await openEditor(n8n, id);
	};
	const lastInput = () => [...kie.tasks.values()].at(-1)?.input;

	describe('with Kie Image', () => {
		let editor: Editor;
		beforeAll(async () => (editor = await openWorkflow('Kie Image')));
		afterAll(async () => await editor.close());
		const form = (model: string, operation: string) => shownForm(editor, imageModels, model, operation);

		it('finds the node in the panel and shows its first model', async () => {
			await editor.addNode('Kie Image', 'Generate image');
			const { shown, addable, fields } = await form('nano-banana-2', 'generate');
			expect(shown).toEqual(visibleNames(fields));
			expect(addable).toEqual(labels(fields));
		});

		it('creates the credential and tests it', async () => {
			const { apiKey, url, uploadUrl } = kie;
			const test = await editor.addCredential({ apiKey, baseUrl: url, uploadBaseUrl: uploadUrl });
			expect(test).toMatchObject({ status: 'OK' });
		});

		it('runs from its form and shows the result', async () => {
			await editor.fill('prompt', 'A red fox asleep in fresh snow, soft morning light');
			await editor.choose('aspect_ratio', '16:9');
			await pollOften(editor);
			const execution = await editor.executeStep();
			expect(execution.status).toBe('success');
			expect(lastInput()).toEqual({
				prompt: 'A red fox asleep in fresh snow, soft morning light',
				aspect_ratio: '16:9',
			});
			await editor.showOutput('json', 'nano-banana-2');
			await editor.showOutput('binary', 'image/');
			await editor.dismissPopups();
			await editor.screenshot('kie-image');
		});

		it('changes with the model and keeps the prompt', async () => {
			await editor.choose('model', 'Z-Image');
			const { shown, fields } = await form('z-image', 'generate');
			expect(shown).toEqual(visibleNames(fields));
			expect(await editor.value('prompt')).toBe('A red fox asleep in fresh snow, soft morning light');
		});

		it('changes with the operation, each with a model and all of its fields', async () => {
			const operations = [
				['Edit', 'edit', 'nano-banana-2'],
				['Remove Background', 'removeBackground', 'recraft/remove-background'],
				['Upscale', 'upscale', 'topaz/image-upscale'],
			] as const;
			for (const [label, operation, model] of operations) {
				await editor.choose('operation', label);
				const preset = imageModels.find(({ id }) => id === model);
				expect(await editor.value('model')).toBe(preset && modelName(preset, operation));
				const offered = imageModels
					.filter((candidate) => operation in candidate.operations && isOffered(candidate))
					.map((candidate) => modelName(candidate, operation));
				expect((await editor.choices('model')).sort()).toEqual(offered.sort());
				const { shown, addable, fields } = await form(model, operation);
				expect(shown).toEqual(visibleNames(fields));
				expect(addable).toEqual(labels(fields));
			}
		});

		it('keeps a file and settings from model to model, and shows what the new one needs', async () => {
			const kept = { image_urls: 'https://example.com/lake.png', aspect_ratio: '16:9', resolution: '2K' };
			const values = async (names: string[]) =>
				Object.fromEntries(await Promise.all(names.map(async (name) => [name, await editor.value(name)] as const)));
			await editor.choose('operation', 'Edit');
			await editor.choose('model', 'Nano Banana 2');
			await editor.fill('image_urls', kept.image_urls);
			await editor.choose('aspect_ratio', kept.aspect_ratio);
			await editor.choose('resolution', kept.resolution);

			await editor.choose('model', 'GPT Image 2');
			expect(await values(Object.keys(kept))).toEqual(kept);
			await editor.choose('model', 'Qwen 2.1');
			expect(await values(Object.keys(kept))).toEqual(kept);
			expect(await editor.value('mask_url')).toBe('');
			await editor.screenshot('model-switch');

			await editor.choose('model', 'Ideogram V3');
			const { shown, fields } = await form('ideogram/v3-edit', 'edit');
			expect(shown).toEqual(visibleNames(fields));
			expect(await editor.labels(['image_urls', 'mask_url'])).toEqual(['Image', 'Mask']);
			expect(await editor.value('image_urls')).toBe(kept.image_urls);
		});

		it('keeps a choice that the new model does not have, and says so', async () => {
			await editor.choose('model', 'Nano Banana 2');
			await editor.choose('aspect_ratio', '21:9');
			await editor.choose('model', 'GPT-4o Image');
			expect(await editor.value('aspect_ratio')).toContain('21:9');
			await editor.screenshot('model-switch-choice');
		});

		it('runs a custom model with fields and defaults from its live schema', async () => {
			await editor.choose('operation', 'Custom Model');
			await editor.chooseFromList('customModelId', 'Tomorrow - Image 1');
			await editor.parameter('customInput.value["prompt"]').waitFor();
			expect(await editor.shownParameters()).not.toContain('aspect_ratio');
			await editor.fill('customInput.value["prompt"]', 'A red fox');
			expect(await editor.value('customInput.value["quality"]')).toBe('draft');
			await editor.screenshot('custom-model');
			await editor.choose('customInput.value["quality"]', 'final');
			const execution = await editor.executeStep();
			expect(execution.status).toBe('success');
			expect(nodeItems(execution, 'Kie Image')[0]?.json).toMatchObject({ model: 'tomorrow/image-1', state: 'success' });
			expect(lastInput()).toEqual({ prompt: 'A red fox', quality: 'final' });
		});

		it('shows a clear error message', async () => {
			kie.inject({ on: 'create', kind: 'fail', failCode: '400', failMsg: 'The prompt was refused' });
			const execution = await editor.executeStep();
			expect(execution.status).toBe('error');
			expect(await editor.errorMessage()).toBe('Kie.ai could not complete the task: The prompt was refused [item 0]');
			await editor.screenshot('kie-image-error');
		});
	});

	describe('with Kie Video', () => {
		let editor: Editor;
		beforeAll(async () => (editor = await openWorkflow('Kie Video')));
		afterAll(async () => await editor.close());
		const form = (model: string, operation: string) => shownForm(editor, videoModels, model, operation);

		it('finds the node in the panel and shows its first model', async () => {
			await editor.addNode('Kie Video', 'Generate video from text');
			const { shown, addable, fields } = await form('bytedance/seedance-2-fast', 'textToVideo');
			expect(shown).toEqual(visibleNames(fields));
			expect(addable).toEqual(labels(fields));
		});

		it('runs a storyboard, whose shots are form fields', async () => {
			await editor.choose('operation', 'Storyboard');
			await editor.choose('model', 'Kling 3.0');
			const shots = [
				{ prompt: 'A red fox wakes up in fresh snow', duration: 2 },
				{ prompt: 'It looks at the rising sun', duration: 3 },
			];
			for (const [index, { prompt, duration }] of shots.entries()) {
				await editor.addEntry('multi_prompt');
				await editor.fill(`multi_prompt.items[${index}].prompt`, prompt);
				await editor.fill(`multi_prompt.items[${index}].duration`, String(duration));
			}
			await pollOften(editor);
			const { shown, addable, fields } = await form('kling-3.0/video', 'storyboard');
			expect(shown).toEqual(visibleNames(fields));
			expect(addable).toEqual(labels(fields));
			const execution = await editor.executeStep();
			expect(execution.status).toBe('success');
			expect(lastInput()).toMatchObject({
				multi_shots: true,
				multi_prompt: shots,
				duration: '5',
				aspect_ratio: '16:9',
			});
			await editor.dismissPopups();
			await editor.parameter('operation').scrollIntoViewIfNeeded();
			await editor.screenshot('kie-video', 1300);
		});
	});

	describe('with Kie Audio', () => {
		let editor: Editor;
		beforeAll(async () => (editor = await openWorkflow('Kie Audio')));
		afterAll(async () => await editor.close());

		it('finds the node in the panel and shows its first model', async () => {
			await editor.addNode('Kie Audio', 'Generate speech from text');
			const form = await shownForm(editor, audioModels, 'elevenlabs/text-to-speech-multilingual-v2', 'textToSpeech');
			expect(form.shown).toEqual(visibleNames(form.fields));
			expect(form.addable).toEqual(labels(form.fields));
		});

		it('generates speech with a voice selected by name', async () => {
			await editor.fill('text', 'Good morning. The fox is awake.');
			await editor.chooseFromList('voice', 'Brian - Deep, Resonant and Comforting');
			await pollOften(editor);
			const execution = await editor.executeStep();
			expect(execution.status).toBe('success');
			expect(lastInput()).toEqual({ text: 'Good morning. The fox is awake.', voice: 'nPczCjzI2devNBz1zQrb' });
			await editor.dismissPopups();
			await editor.screenshot('kie-audio');
		});

		it('generates speech with a voice from an expression', async () => {
			await editor.setExpression('voice', '{{ "a-cloned" + "-voice" }}');
			const execution = await editor.executeStep();
			expect(execution.status).toBe('success');
			expect(lastInput()).toMatchObject({ voice: 'a-cloned-voice' });
		});
	});
});

/** The simulator is faster than Kie. */
async function pollOften(editor: Editor): Promise<void> {
	await editor.addOption('options', 'Poll Interval (Seconds)');
	await editor.fill('options.pollInterval', '1');
}

/** A field, and whether it is shown without being added. */
interface FormField extends Field {
	isTop: boolean;
}

/** The fields of a model that the open node shows, those that it offers to add, and those that the catalogue has. */
async function shownForm(editor: Editor, models: Model[], id: string, operation: string) {
	const model = models.find((candidate) => candidate.id === id);
	if (!model) throw new Error(`No model ${id}`);
	const alsoRequired = models
		.filter((candidate) => operation in candidate.operations)
		.flatMap((candidate) => fieldsOf(candidate, candidate.operations[operation]))
		.filter(({ required }) => required)
		.map(({ name }) => name);
	const fields = fieldsOf(model, model.operations[operation]).map((field): FormField => ({
		...field,
		isTop: field.shared.length > 0 || alsoRequired.includes(field.name),
	}));
	const parameters = await editor.shownParameters();
	const shown = parameters
		.filter((path) => !OWN_PARAMETERS.includes(path) && !/^(options|additionalFields)\./.test(path))
		.map((path) => path.replace(/\..*$/, ''));
	const hasMore = labels(fields).length > 0;
	const addable = hasMore ? await editor.addable('additionalFields') : [];
	return { shown: [...new Set(shown)].sort(), addable, fields };
}

/** The parameters at the top level: what the model requires, and what all models share. */
const visibleNames = (fields: FormField[]): string[] =>
	fields
		.filter(({ isTop }) => isTop)
		.flatMap(({ parameters }) => parameters)
		.sort();

const labels = (fields: FormField[]): string[] =>
	fields
		.filter(({ isTop, schema }) => !isTop && !schema.deprecated)
		.map(({ label }) => label)
		.sort(compareNatural);
