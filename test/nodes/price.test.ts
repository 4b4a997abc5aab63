import type { INodeParameters, INodeType } from 'n8n-workflow';

import { KieAudio } from '../../nodes/KieAudio/KieAudio.node';
import { KieImage } from '../../nodes/KieImage/KieImage.node';
import { KieSuno } from '../../nodes/KieSuno/KieSuno.node';
import { KieVideo } from '../../nodes/KieVideo/KieVideo.node';
import type { Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import { formContext } from './formContext';

jest.mock('../../nodes/shared/api/sleep', () => jest.requireActual<object>('./hurry'));

/** The price that the form shows below the model. */

const MINUTE = 60_000;
const apiKeys = Array.from({ length: 50 }, (_, index) => `price-test-${index}`);
const image: INodeParameters = { operation: 'generate', model: 'nano-banana-2' };
const custom = (value: string): INodeParameters => ({
	operation: 'customModel',
	// n8n keeps the last choice of the list that is not shown.
	model: 'nano-banana-2',
	customModelId: { __rl: true, mode: 'id', value },
});

let kie: Simulator;
beforeAll(async () => (kie = await startSimulator({ apiKeys: [...apiKeys] })));
afterAll(async () => await kie.close());

let apiKey = '';
beforeEach(() => {
	kie.reset();
	// Prices are remembered for each account.
	apiKey = apiKeys.shift() ?? '';
});
afterEach(() => jest.restoreAllMocks());

const requests = () => kie.requests.filter(({ path }) => path === '/api/v1/models');

/** What the Price of a node shows. */
async function priceIn(
	node: INodeType & { methods: { loadOptions: Required<INodeType>['methods']['loadOptions'] } },
	parameters: INodeParameters,
	credentials: { apiKey: string } | undefined = { apiKey },
): Promise<string> {
	const property = node.description.properties.find(({ name }) => name === 'price');
	expect(property).toMatchObject({ type: 'options', default: '', typeOptions: { loadOptionsMethod: 'getPrice' } });
	const choices =
		(await node.methods.loadOptions?.getPrice?.call(formContext(kie, node, parameters, credentials))) ?? [];
	expect(choices).toEqual([{ name: expect.any(String), value: '' }]);
	return choices[0]?.name ?? '';
}

it('is the text that Kie lists, also for a custom model', async () => {
	expect(await priceIn(new KieImage(), image)).toBe('flat 4 credits per image');
	expect(await priceIn(new KieImage(), custom('z-image'))).toBe('flat 4 credits per image');
	expect(requests()).toHaveLength(1);
});

it('is that of the operation in Kie Suno', async () => {
	const music = { resource: 'music', operation: 'generate' };
	expect(await priceIn(new KieSuno(), music)).toBe('12 credits per call');
	expect(await priceIn(new KieSuno(), { resource: 'music', operation: 'get' })).toBe('Free');
});

it('is one request for all forms, for ten minutes', async () => {
	const now = Date.now();
	await Promise.all(Array.from({ length: 20 }, async () => await priceIn(new KieImage(), image)));
	await priceIn(new KieAudio(), { operation: 'textToSpeech', model: 'elevenlabs/text-to-speech-turbo-2-5' });
	expect(requests()).toHaveLength(1);
	const clock = jest.spyOn(Date, 'now').mockReturnValue(now + 9 * MINUTE);
	await priceIn(new KieImage(), image);
	expect(requests()).toHaveLength(1);
	clock.mockReturnValue(now + 11 * MINUTE);
	await priceIn(new KieImage(), image);
	expect(requests()).toHaveLength(2);
});

describe('is not available', () => {
	it('if Kie lists no price or not the model', async () => {
		expect(await priceIn(new KieVideo(), { operation: 'textToVideo', model: 'sora-2-text-to-video' })).toBe(
			'Not available',
		);
		expect(await priceIn(new KieImage(), custom('nobody/nothing'))).toBe('Not available');
		expect(await priceIn(new KieImage(), custom(''))).toBe('Not available');
		expect(await priceIn(new KieImage(), { ...image, model: '={{ $json.model }}' })).toBe('Not available');
	});

	it.each([
		{ name: 'for a rejected key', fault: { kind: 'code', code: 401 } as const },
		{ name: 'while the rate limit is reached', fault: { kind: 'status', status: 429 } as const },
		{ name: 'while Kie is down', fault: { kind: 'html', status: 502 } as const },
		{ name: 'where the response is unexpected', fault: { kind: 'data-null' } as const },
	])('$name, and is requested again by the next form', async ({ fault }) => {
		kie.inject({ on: 'models', times: 'always', ...fault });
		expect(await priceIn(new KieImage(), image)).toBe('Not available');
		kie.clearFaults();
		expect(await priceIn(new KieImage(), image)).toBe('flat 4 credits per image');
	});

	it('if Kie takes too long', async () => {
		const originalTimeout = AbortSignal.timeout.bind(AbortSignal);
		const limits: number[] = [];
		jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => originalTimeout(limits.push(ms) && 200));
		kie.inject({ on: 'models', kind: 'slow', ms: 5_000 });
		const startedAt = performance.now();
		expect(await priceIn(new KieImage(), image)).toBe('Not available');
		expect(performance.now() - startedAt).toBeLessThan(2_000);
		expect(limits).toEqual([10_000]);
	});

	it('without a credential, and nothing is sent', async () => {
		const context = formContext(kie, new KieImage(), image);
		const choices = await new KieImage().methods.loadOptions.getPrice.call(context);
		expect(choices).toEqual([{ name: 'Select a credential to see the price', value: '' }]);
		expect(kie.requests).toEqual([]);
	});
});
