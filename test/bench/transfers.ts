import axios from 'axios';
import { setTimeout as wait } from 'node:timers/promises';

import type { Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import { buildIfStale } from './built';
import type { Figure } from './figure';
import { median } from './figure';
import { inWorker, stepFor } from './memory';
import type { Step } from './worker';

/** Big files through a node and, in the same run, through a plain stream of Node.js. Kie is in this process, they are in others. */

const SMALL = 1_000_000;
const BIG = 500_000_000;
const ROUNDS = 3;
/**
 * Nearly all of it is garbage: V8 collects buffers when 32 MB of them have piled up, on Node.js 24 when 64 MB have, so that
 * a plain stream takes as much; the node itself holds about 2 MB. Buffers that V8 marks in a collection of the whole heap
 * are kept until the next one: such a transfer takes up to 65 MB, of a plain stream too. On Node.js 24 neither meets the bound.
 */
const MEMORY_MB = 40;
const RATE = 0.8;

type Direction = 'download' | 'upload';
type Way = 'node' | 'plain';

interface Transferred {
	/** The most memory above the level before. */
	peakMb: number;
	/** From the first byte of the request to the last byte of the file or of the answer. */
	seconds: number;
}

export async function transfers(): Promise<Figure[]> {
	buildIfStale();
	return [...(await compare('download')), ...(await compare('upload'))];
}

async function compare(direction: Direction): Promise<Figure[]> {
	const rounds: Array<Record<Way, Transferred>> = [];
	for (let round = 0; round < ROUNDS; round++) {
		rounds.push({ plain: await transfer(direction, 'plain'), node: await transfer(direction, 'node') });
	}
	const middle = (way: Way, of: keyof Transferred) => median(rounds.map((round) => round[way][of]));
	const plainMb = middle('plain', 'peakMb');
	// What else runs on the machine only makes a transfer slower.
	const fastest = (way: Way) => Math.min(...rounds.map((round) => round[way].seconds));
	const name = `${direction} of 500 MB`;
	return [
		{
			name: `${name}: more memory`,
			value: middle('node', 'peakMb'),
			unit: 'MB',
			bound: MEMORY_MB,
		},
		{ name: `${name}: more memory of a plain stream`, value: plainMb, unit: 'MB' },
		{
			name: `${name}: rate of a plain stream by that of the node, fastest of ${ROUNDS} rounds each`,
			value: fastest('node') / fastest('plain'),
			unit: '',
			bound: 1 / RATE,
		},
		{
			name: `${name}: rate of a plain stream by that of the node, median of the rounds`,
			value: median(rounds.map(({ plain, node }) => node.seconds / plain.seconds)),
			unit: '',
		},
		{ name: `${name}: time`, value: fastest('node'), unit: 's' },
	];
}

async function transfer(direction: Direction, way: Way): Promise<Transferred> {
	const kies = await Promise.all([SMALL, BIG].map((resultBytes) => startSimulator({ taskSeconds: 0.2, resultBytes })));
	const [warmUp, real] = await Promise.all(
		kies.map(async (kie, index): Promise<Step> => {
			const fileUrl = direction === 'download' && way === 'plain' ? await makeFile(kie) : undefined;
			return { ...stepFor(kie), bytes: index === 0 ? SMALL : BIG, fileUrl };
		}),
	);
	const [, kie] = kies;
	if (!kie || !warmUp || !real) throw new Error('Kie could not be started');
	const work = way === 'node' ? direction : (`plain${direction === 'download' ? 'Download' : 'Upload'}` as const);
	const { peakMb, endedAt } = await inWorker({ work, warmUp, real });
	await Promise.all(kies.map(async (simulator) => await simulator.close()));
	if (direction === 'upload' && kie.uploads[0]?.fileSize !== BIG)
		throw new Error(`${kie.uploads[0]?.fileSize} bytes of ${BIG} were uploaded`);
	const path = direction === 'download' ? '/files/' : '/api/file-stream-upload';
	const startedAt = kie.requests.find((request) => request.path.startsWith(path))?.at ?? NaN;
	// The node creates its task as soon as the file is uploaded.
	const finishedAt = direction === 'upload' ? (kie.creates()[0]?.at ?? endedAt) : endedAt;
	return { peakMb, seconds: (finishedAt - startedAt) / 1000 };
}

/** The URL of the result of a task. */
async function makeFile(kie: Simulator): Promise<string> {
	const body = { model: 'z-image', input: { prompt: 'A red fox', aspect_ratio: '1:1' } };
	const headers = { Authorization: `Bearer ${kie.apiKey}` };
	await axios.post(`${kie.url}/api/v1/jobs/createTask`, body, { headers });
	const result = () => [...kie.tasks.values()][0]?.urls[0];
	while (!result()) await wait(50);
	return result() ?? '';
}
