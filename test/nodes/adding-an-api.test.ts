import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

import type { IExecuteFunctions } from 'n8n-workflow';
import ts from 'typescript';

import type * as ImageNode from '../../nodes/KieImage/imageNode';
import type * as ImageClass from '../../nodes/KieImage/KieImage.node';
import type * as Callbacks from '../../nodes/shared/callbacks/parseCallback';
import type * as Parameters from '../../nodes/shared/form/mediaParameters';
import type * as Jobs from '../../nodes/shared/run/readCreateJob';
import type * as Runner from '../../nodes/shared/run/runJobs';
import type { Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import { runNode } from './engine';
import { listen } from './listen';

/** Adding an API is one file and its entry in the index: the example of the docs is added to a copy of the nodes. */

const COPY = join(process.cwd(), '.cache', 'adding-an-api');
const [adapter = '', importLine = '', entry = ''] = [
	...readFileSync('docs/adding-an-api.md', 'utf8').matchAll(/```ts\n([^`]*)```/g),
].map(([, code = '']) => code);

const model = {
	id: 'sketch',
	title: 'Sketch',
	family: 'Sketch',
	operations: { generate: {} },
	seconds: 1,
	api: 'sketch',
	media: {},
	input: { required: ['prompt'], properties: { prompt: { type: 'string', description: 'Prompt' } } },
};

async function fromCopy<Module>(file: string): Promise<Module> {
	const module: Module = await import(join(COPY, 'nodes', file));
	return module;
}

beforeAll(() => {
	rmSync(COPY, { recursive: true, force: true });
	cpSync('nodes', join(COPY, 'nodes'), { recursive: true });
	writeFileSync(join(COPY, 'nodes/shared/adapters/sketch.ts'), adapter);
	const index = join(COPY, 'nodes/shared/adapters/index.ts');
	const code = readFileSync(index, 'utf8');
	const first = 'import { sunoCover }';
	const withImport = code.replace(first, importLine + first);
	writeFileSync(index, withImport.replace('\tluma,\n', `\tluma,\n${entry}`));
});
afterAll(() => rmSync(COPY, { recursive: true, force: true }));

it('needs no change to any other file', () => {
	const { config } = ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path));
	const { options, fileNames } = ts.parseJsonConfigFileContent({ ...config, include: ['nodes'] }, ts.sys, COPY);
	const program = ts.createProgram(fileNames, { ...options, noEmit: true, rootDir: undefined });
	const problems = ts
		.getPreEmitDiagnostics(program)
		.map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
	expect(fileNames.length).toBeGreaterThan(150);
	expect(problems).toEqual([]);
}, 120_000);

describe('a task of the API', () => {
	let simulator: Simulator;
	beforeAll(async () => {
		simulator = await startSimulator();
	});
	afterAll(async () => await simulator.close());

	it('is created, polled and returned', async () => {
		const requests: string[] = [];
		const kie = createServer((request, response) => {
			requests.push(`${request.method} ${request.url}`);
			const isCreate = request.method === 'POST';
			const isDone = requests.length > 2;
			const record = {
				successFlag: isDone ? 1 : 0,
				response: isDone ? { sketchUrls: ['https://example.com/a.png'] } : null,
			};
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify({ code: 200, msg: 'success', data: isCreate ? { taskId: 'task-1' } : record }));
		});
		const baseUrl = await listen(kie);
		const { KieImage } = await fromCopy<typeof ImageClass>('KieImage/KieImage.node');
		const { imageNode } = await fromCopy<typeof ImageNode>('KieImage/imageNode');
		const { mediaNodeProperties } = await fromCopy<typeof Parameters>('shared/form/mediaParameters');
		const { readCreateJob } = await fromCopy<typeof Jobs>('shared/run/readCreateJob');
		const { runJobs } = await fromCopy<typeof Runner>('shared/run/runJobs');
		const definition = Object.assign({}, imageNode, { models: [...imageNode.models, model] });
		const node = new KieImage();
		node.description.properties = mediaNodeProperties(definition);
		node.execute = async function (this: IExecuteFunctions) {
			return await runJobs(this, (itemIndex) => readCreateJob(this, definition, itemIndex));
		};

		const parameters = { operation: 'generate', model: 'sketch', prompt: 'A fox', options: { pollInterval: 1 } };
		const { items, error } = await runNode(simulator, { node, parameters, credentials: { baseUrl } });
		kie.close();
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ taskId: 'task-1', api: 'sketch', urls: ['https://example.com/a.png'] });
		expect(requests.filter((request) => request.includes('/sketch/'))).toEqual([
			'POST /api/v1/sketch/generate',
			'GET /api/v1/sketch/record-info?taskId=task-1',
			'GET /api/v1/sketch/record-info?taskId=task-1',
		]);
	});

	it('is recognized in its callback', async () => {
		const { parseCallback } = await fromCopy<typeof Callbacks>('shared/callbacks/parseCallback');
		const data = { taskId: 'task-1', sketchUrls: ['https://example.com/a.png'] };
		expect(parseCallback({ code: 200, msg: 'success', data })).toMatchObject({
			taskId: 'task-1',
			api: 'sketch',
			event: 'success',
		});
		expect(parseCallback({ code: 501, msg: 'Flagged', data: { ...data, sketchUrls: null } })).toMatchObject({
			event: 'failure',
		});
	});
});
