import type { IExecuteFunctions, INodeParameters } from 'n8n-workflow';

import { KieImage } from '../../nodes/KieImage/KieImage.node';
import { KieSuno } from '../../nodes/KieSuno/KieSuno.node';
import { KieVideo } from '../../nodes/KieVideo/KieVideo.node';
import type { Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import { failureOf, runNode } from './engine';

jest.mock('../../nodes/shared/api/sleep', () => jest.requireActual<object>('./hurry'));

/** What is decided before an execution is put to wait for Kie's callback. Waiting itself needs a whole n8n: test/e2e. */

/** No address of a machine's own network, as Kie's is none. */
const PUBLIC_KIE = 'https://kie.example.com';

/** What an AI agent calls. */
class Tool extends KieImage {
	override async execute(this: IExecuteFunctions) {
		this.isToolExecution = () => true;
		return await KieImage.prototype.execute.call(this);
	}
}

const picture = (options: INodeParameters, more: INodeParameters = {}): INodeParameters => ({
	operation: 'generate',
	model: 'google/nano-banana',
	prompt: 'A red fox',
	options: { waitUsing: 'callback', ...options },
	...more,
});

describe('Wait Using: Callback', () => {
	let kie: Simulator;

	beforeAll(async () => (kie = await startSimulator({ taskSeconds: 0.1 })));
	afterAll(async () => await kie.close());
	beforeEach(() => kie.reset());

	const creates = () => kie.requests.filter(({ method }) => method === 'POST');

	it('asks Kie to call the execution, whose address carries its token', async () => {
		const { items } = await runNode(kie, { parameters: picture({}) });
		expect(items[0]?.json.state).toBe('success');
		expect(creates()[0]?.body).toMatchObject({ callBackUrl: expect.stringMatching(/^http:\/\/n8n\.test\/1\/kie\b/) });
	});

	it('refuses an n8n that Kie cannot reach before anything is sent, and names the way out', async () => {
		const { error } = await runNode(kie, { parameters: picture({}), credentials: { baseUrl: PUBLIC_KIE } });
		expect(error?.message).toBe('Kie.ai cannot reach this n8n at n8n.test [item 0]');
		expect(error?.description).toContain("'Wait Using: Polling'");
		expect(kie.requests).toEqual([]);
	});

	it('refuses it for each item with Continue On Fail', async () => {
		const result = await runNode(kie, {
			items: [{}, {}],
			parameters: picture({}),
			credentials: { baseUrl: PUBLIC_KIE },
			settings: { onError: 'continueRegularOutput' },
		});
		expect(failureOf(result, 0).error).toContain('[item 0]');
		expect(failureOf(result, 1).error).toContain('[item 1]');
	});

	it('does not ask where Kie is when the task is only created', async () => {
		const parameters = picture({}, { executionMode: 'createOnly' });
		const { items } = await runNode(kie, { parameters });
		expect(items[0]?.json).toMatchObject({ state: 'waiting' });
		expect(creates()[0]?.body).not.toHaveProperty('callBackUrl');
	});

	it('leaves the callback address to the user when the task is only created', async () => {
		const callBackUrl = 'https://example.com/hook';
		await runNode(kie, { parameters: picture({ callBackUrl }, { executionMode: 'createOnly' }) });
		expect(creates()[0]?.body).toMatchObject({ callBackUrl });
	});

	it('refuses a callback address of the user beside its own', async () => {
		const { error } = await runNode(kie, { parameters: picture({ callBackUrl: 'https://example.com/hook' }) });
		expect(error?.message).toBe("'Callback URL' cannot be used together with 'Wait Using: Callback' [item 0]");
		expect(kie.requests).toEqual([]);
	});

	it('refuses an item for each file, which could not be paired', async () => {
		const { error } = await runNode(kie, { parameters: picture({ itemPerFile: true }) });
		expect(error?.message).toBe("An item for each file cannot be put out after 'Wait Using: Callback' [item 0]");
		expect(kie.requests).toEqual([]);
	});

	it('polls as a tool of an AI agent', async () => {
		const { items } = await runNode(kie, {
			parameters: picture({}),
			node: new Tool(),
		});
		expect(items[0]?.json.state).toBe('success');
		expect(creates()[0]?.body).not.toHaveProperty('callBackUrl');
	});

	it('polls what Kie calls nobody back for', async () => {
		const { items } = await runNode(kie, {
			node: new KieVideo(),
			parameters: {
				operation: 'createAsset',
				model: 'seedance-asset',
				url: 'https://example.com/a.png',
				assetType: 'Image',
				options: { waitUsing: 'callback', pollInterval: 1 },
			},
		});
		expect(items[0]?.json).toMatchObject({ api: 'seedance-asset', state: 'success' });
	});

	it("takes the place of Suno's harmless callback address", async () => {
		const { items } = await runNode(kie, {
			node: new KieSuno(),
			parameters: {
				resource: 'lyrics',
				operation: 'generate',
				prompt: 'A lighthouse',
				options: { waitUsing: 'callback' },
			},
		});
		expect(items[0]?.json.state).toBe('success');
		expect(creates()[0]?.body).toMatchObject({ callBackUrl: expect.stringMatching(/^http:\/\/n8n\.test\/1\/kie\b/) });
	});
});
