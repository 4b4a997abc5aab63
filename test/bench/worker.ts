import './scratch';

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { get, type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';

import { Container } from '@n8n/di';
import { memoize } from 'lodash';
import { BinaryDataService } from 'n8n-core';
import type { IBinaryData, IExecuteFunctions, INodeParameters, INodeType } from 'n8n-workflow';

import type { RunOptions } from '../nodes/engine';
import { runNode } from '../nodes/engine';
import { padded, startSimulator } from '../simulator';
import { builtNode } from './built';
import type { Measured } from './memory';

/** A separate process: runs a node with a simulator in another process, first a warm-up, then the measured run. */

export interface Step {
	url: string;
	uploadUrl: string;
	/** An execution for each key. */
	apiKeys: string[];
	/** The file that is transferred: its size, and where it is downloaded from without a node. */
	bytes: number;
	fileUrl?: string;
	/** When the heap is measured, after the start; if not set, never. */
	heapAfterSeconds?: number;
	/** Tasks that exist. */
	taskIds?: string[];
	/** Items of each execution, and their prompt. */
	items?: number;
	prompt?: string;
}

export interface Job {
	work: keyof typeof jobs;
	warmUp: Step;
	real: Step;
}

const generate: INodeParameters = { operation: 'generate', model: 'z-image', prompt: 'A red fox', aspect_ratio: '1:1' };

const jobs = {
	download: async (step: Step): Promise<void> => {
		const parameters = { ...generate, downloadFiles: true, options: { pollInterval: 1 } };
		for (const { binary } of await runOn(step, { parameters })) {
			if (binary?.data?.bytes !== step.bytes)
				throw new Error(`${binary?.data?.bytes} bytes of ${step.bytes} were stored`);
		}
	},
	upload: async (step: Step): Promise<void> => {
		const parameters = {
			operation: 'removeBackground',
			model: 'recraft/remove-background',
			image_urls: 'data',
			options: { pollInterval: 1 },
		};
		await runOn(step, { parameters, node: withFile(await builtNode('KieImage'), step.bytes) });
	},
	/** The same without a node, as a few lines of Node.js do it. */
	plainDownload: async ({ fileUrl = '' }: Step): Promise<void> => {
		const response = await new Promise<IncomingMessage>((resolve) => get(fileUrl, resolve));
		await pipeline(response, createWriteStream(scratchFile()));
	},
	plainUpload: async ({ uploadUrl, apiKeys, bytes }: Step): Promise<void> => {
		const { id = '' } = await fileOf(bytes);
		const part = (name: string) => `--boundary\r\nContent-Disposition: form-data; name="${name}"`;
		const head = `${part('uploadPath')}\r\n\r\nbench\r\n${part('file')}; filename="big.png"\r\nContent-Type: image/png\r\n\r\n`;
		const tail = '\r\n--boundary--\r\n';
		const upload = request(`${uploadUrl}/api/file-stream-upload`, {
			method: 'POST',
			headers: {
				Authorization: `Bearer ${apiKeys[0]}`,
				'Content-Type': 'multipart/form-data; boundary=boundary',
				'Content-Length': head.length + bytes + tail.length,
			},
		});
		const answered = once(upload, 'response');
		upload.write(head);
		await pipeline(createReadStream(files.getPath(id)), upload, { end: false });
		upload.end(tail);
		await answered;
	},
	/** A batch that must return all items. */
	batch: async (step: Step): Promise<void> => {
		const items = Array.from({ length: step.items ?? 1 }, () => ({}));
		const outputItems = await runOn(step, { parameters: { ...generate, prompt: step.prompt ?? '' }, items });
		if (outputItems.length !== items.length) throw new Error(`${outputItems.length} items of ${items.length} came out`);
	},
	/** A batch of tasks that exist, with their files on disk. */
	fetch: async (step: Step): Promise<void> => {
		const items = (step.taskIds ?? []).map((taskId) => ({ json: { taskId } }));
		const parameters = {
			resource: 'task',
			operation: 'wait',
			api: 'market',
			taskId: '={{ $json.taskId }}',
			downloadFiles: true,
			options: {},
		};
		const outputItems = await runOn(step, { node: await builtNode('KieCommon'), items, parameters });
		const files = outputItems.filter(({ binary }) => binary?.data?.id !== undefined);
		if (files.length !== items.length) throw new Error(`${files.length} files of ${items.length} were stored`);
	},
	watch: async (step: Step): Promise<void> => {
		await runOn(step, { parameters: generate, items: Array.from({ length: 20 }, () => ({})) });
	},
};

/** The engine needs a simulator in this process; the URLs of the credential override it. */
const emptyKie = startSimulator({ models: [] });

async function runOn({ url, uploadUrl, apiKeys }: Step, options: RunOptions) {
	const simulator = await emptyKie;
	const node = await builtNode('KieImage');
	const runs = await Promise.all(
		apiKeys.map(
			async (apiKey) =>
				await runNode(simulator, { node, ...options, credentials: { apiKey, baseUrl: url, uploadBaseUrl: uploadUrl } }),
		),
	);
	const error = runs.find((run) => run.error)?.error;
	if (error) throw new Error(`${error.message} ${error.description}`);
	return runs.flatMap(({ items }) => items);
}

const scratchFile = (): string => join(process.env.N8N_USER_FOLDER ?? '', randomUUID());

const files = Container.get(BinaryDataService);

/** A file of this size in n8n's store. The first call generates it. */
const fileOf = memoize(async (bytes: number): Promise<IBinaryData> => {
	await files.init();
	const location = { type: 'execution', workflowId: 'test', executionId: '1' } as const;
	const file = { fileName: 'big.png', mimeType: 'image/png', data: '' };
	return await files.store(location, Readable.from(padded(Buffer.alloc(0), bytes)), file);
});

/** Kie Image with a file of this size on its item. */
function withFile(node: INodeType, bytes: number): INodeType {
	return {
		description: node.description,
		async execute(this: IExecuteFunctions) {
			for (const item of this.getInputData()) item.binary = { data: await fileOf(bytes) };
			return (await node.execute?.call(this)) ?? [];
		},
	};
}

/** The heap after garbage collection, in bytes: the lowest of several times if requests come and go. */
async function heapUsed(collections: number): Promise<number> {
	let lowest = Infinity;
	for (let round = 0; round < collections; round++) {
		global.gc?.();
		lowest = Math.min(lowest, process.memoryUsage().heapUsed);
		await wait(200);
	}
	return lowest;
}

async function measure(run: () => Promise<void>, heapAfterSeconds?: number): Promise<Measured> {
	// One collection removes what the warm-up left. Ten at rest make V8 set the lowest limit for the heap; it then marks the
	// heap 10 to 60 times in a transfer instead of 1 to 5, and each time keeps the buffers that it marks for another cycle.
	const heapBefore = await heapUsed(heapAfterSeconds === undefined ? 1 : 10);
	const resolution = 1;
	const delay = monitorEventLoopDelay({ resolution });
	const before = process.memoryUsage.rss();
	const cpuBefore = process.cpuUsage();
	const startedAt = Date.now();
	let [peak, peakHeap] = [before, 0];
	const sampler = setInterval(() => {
		peak = Math.max(peak, process.memoryUsage.rss());
		peakHeap = Math.max(peakHeap, process.memoryUsage().heapUsed);
	}, 5);
	delay.enable();
	const running = run();
	let heap = heapBefore;
	if (heapAfterSeconds !== undefined) {
		await wait(heapAfterSeconds * 1000);
		heap = await heapUsed(10);
	}
	await running;
	const endedAt = Date.now();
	delay.disable();
	clearInterval(sampler);
	const cpu = process.cpuUsage(cpuBefore);
	const lag = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - resolution);
	return {
		peakMb: (peak - before) / 1e6,
		heapMb: (heap - heapBefore) / 1e6,
		seconds: (endedAt - startedAt) / 1000,
		endedAt,
		peakHeapMb: peakHeap / 1e6,
		cpuSeconds: (cpu.user + cpu.system) / 1e6,
		lagMs: { p99: lag(delay.percentile(99)), longest: lag(delay.max) },
	};
}

async function main(): Promise<void> {
	process.once('disconnect', () => process.exit(1));
	const job = await new Promise<Job>((resolve) => process.once('message', resolve));
	const work = jobs[job.work];
	await work(job.warmUp);
	// That the bench generates a file is no part of its upload.
	if (job.work === 'upload' || job.work === 'plainUpload') await fileOf(job.real.bytes);
	const measured = await measure(async () => await work(job.real), job.real.heapAfterSeconds);
	process.send?.(measured, () => process.exit(0));
}

void main();
