import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { type Execution, nodeItems } from '../e2e/client';
import { type N8n, OWNER, startN8n } from '../e2e/n8n';
import { CACHE, PROJECT } from '../e2e/paths';
import { startSimulator } from '../simulator';
import { demoWorkflow, KIE_NODE, IMAGES, WRITE_NODE } from './workflow';

const FOLDER = join(CACHE, 'demo');
const TASK_SECONDS = 3;
const RUN_LIMIT_MS = 15 * 60_000;

/** The Kie to use: the real one if KIE_API_KEY is set, otherwise a simulator. */
interface Kie {
	title: string;
	credential: IDataObject;
	/** The requests of the demo that it did not receive; not known for the real Kie. */
	missing(): string[];
	close(): Promise<void>;
}

async function findKie(): Promise<Kie> {
	const apiKey = process.env.KIE_API_KEY;
	if (apiKey) {
		return {
			title: 'the real Kie.ai (three images, which cost credits)',
			credential: {
				apiKey,
				baseUrl: 'https://api.kie.ai',
				uploadBaseUrl: 'https://kieai.redpandaai.co',
			},
			missing: () => [],
			close: async () => undefined,
		};
	}
	const simulator = await startSimulator({ taskSeconds: TASK_SECONDS });
	const { url, uploadUrl } = simulator;
	return {
		title: `a simulator of Kie.ai at ${url} (set KIE_API_KEY for the real one)`,
		credential: { apiKey: simulator.apiKey, baseUrl: url, uploadBaseUrl: uploadUrl },
		missing: () =>
			simulator.uploads.length === 1 ? [] : [`${simulator.uploads.length} images were uploaded instead of 1`],
		close: simulator.close,
	};
}

/** Runs the demo workflow. Returns what is missing from its result as text. */
async function runDemo(n8n: N8n, credentialData: IDataObject): Promise<string[]> {
	const { client, filesFolder, url } = n8n;
	const image = join(filesFolder, 'lighthouse.png');
	copyFileSync(join(__dirname, 'image.png'), image);

	const credential = await client.createCredential('kieAiApi', credentialData, 'Kie.ai API');
	const test = await client.testCredential('kieAiApi', credential, credentialData);
	if (test.status !== 'OK') return [`the credential does not pass its test: ${test.message}`];

	const workflow = await client.createWorkflow(demoWorkflow(credential, { image, folder: filesFolder }));
	console.log(`Running the workflow ${url}/workflow/${workflow.id} ...`);
	const started = Date.now();
	const execution = await client.runWorkflow(workflow, {}, RUN_LIMIT_MS);
	console.log(`It completed with ${execution.status} after ${((Date.now() - started) / 1000).toFixed(1)} s.\n`);
	return execution.status === 'success' ? report(execution) : [failure(execution)];
}

function report(execution: Execution): string[] {
	const items = nodeItems(execution, KIE_NODE);
	const written = nodeItems(execution, WRITE_NODE);
	const problems = [
		...(items.length === IMAGES.length
			? []
			: [`${KIE_NODE} returned ${items.length} items instead of ${IMAGES.length}`]),
		...(written.length === IMAGES.length ? [] : [`${written.length} files were written instead of ${IMAGES.length}`]),
	];
	IMAGES.forEach(({ name, title }, index) => {
		const item = items[index];
		const file = written[index]?.json.fileName;
		if (!item || typeof file !== 'string') return;
		console.log(`${index + 1}. ${title}`);
		console.log(`   ${describe(item)}`);
		console.log(`   ${file} (${describeFile(file)})`);
		problems.push(...check(name, item, file));
	});
	return problems;
}

function describe({ json }: INodeExecutionData): string {
	const { taskId, model, state, urls, creditsConsumed } = json;
	return `task ${taskId}, model ${model}, state ${state}, ${creditsConsumed ?? '?'} credits\n   ${[urls].flat().join(' ')}`;
}

function check(name: string, { json, pairedItem }: INodeExecutionData, file: string): string[] {
	return [
		...(json.state === 'success' && json.taskId ? [] : [`the item of ${name} has no finished task`]),
		...(pairedItem === undefined ? [`the item of ${name} is not paired with its input`] : []),
		...(file.includes(name) ? [] : [`the file of ${name} is ${file}, so items got mixed up`]),
		...(imageType(file) ? [] : [`${file} is not an image`]),
	];
}

function describeFile(file: string): string {
	const size = statSync(file, { throwIfNoEntry: false })?.size;
	return size === undefined ? 'missing' : `${size} bytes, ${imageType(file) ?? 'not an image'}`;
}

/** By the file's first bytes; undefined if it is missing or something else. */
function imageType(file: string): 'PNG' | 'JPEG' | undefined {
	if (!statSync(file, { throwIfNoEntry: false })) return undefined;
	const start = readFileSync(file).subarray(0, 8).toString('hex');
	if (start === '89504e470d0a1a0a') return 'PNG';
	return start.startsWith('ffd8ff') ? 'JPEG' : undefined;
}

function failure({ status, data }: Execution): string {
	const { error, lastNodeExecuted } = data.resultData;
	const description = error && 'description' in error && error.description ? ` (${error.description})` : '';
	return `the run is ${status} at "${lastNodeExecuted}": ${error?.message ?? 'no reason given'}${description}`;
}

async function untilInterrupted(): Promise<void> {
	// A pending promise alone does not keep Node running.
	const awake = setInterval(() => undefined, 60_000);
	await new Promise((resolve) => ['SIGINT', 'SIGTERM'].forEach((signal) => process.once(signal, resolve)));
	clearInterval(awake);
}

async function main(): Promise<void> {
	const once = process.argv.includes('--once');
	rmSync(FOLDER, { recursive: true, force: true });
	mkdirSync(FOLDER, { recursive: true });

	const kie = await findKie();
	console.log(`Starting n8n with the package; it talks to ${kie.title}.`);
	const n8n = await startN8n({ userFolder: FOLDER, packageDir: PROJECT });
	try {
		const problems = [...(await runDemo(n8n, kie.credential)), ...kie.missing()];
		if (problems.length > 0) {
			console.error(`\nThe demo failed:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
			console.error(`n8n's log is in ${FOLDER}.`);
			process.exitCode = 1;
		} else {
			console.log(`\nAll ${IMAGES.length} images are in ${n8n.filesFolder}.`);
		}
		if (once) return;
		console.log(
			`\nThe editor: ${n8n.url}\nLog in as ${OWNER.email} with the password ${OWNER.password}.\nCtrl-C stops it.`,
		);
		await untilInterrupted();
	} finally {
		await n8n.stop();
		await kie.close();
	}
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
