import type { INodeParameters } from 'n8n-workflow';

import { isObject } from '../../nodes/shared/json';
import type { JsonObject } from '../../nodes/shared/json';
import { KieSuno } from '../../nodes/KieSuno/KieSuno.node';
import { parseResponse } from '../../nodes/shared/api/response';
import { sunoModels } from '../../nodes/shared/catalogue/suno';
import type { OperationForm, SunoModel } from '../../nodes/shared/catalogue/types';
import type { Simulator } from '../simulator';
import type { RunOptions, RunResult } from './engine';
import { runNode } from './engine';

/** Suno in tests: earlier tasks to continue from, and the node run on them. */

const node = new KieSuno();
// The node limits creates per account, so every run has its own account.
let accounts = 0;

/** As many keys as one test file may need. */
export const accountKeys = Array.from({ length: 3_000 }, (_, index) => `suno-test-${index}`);

/** Runs Kie Suno as one of the accounts. */
export async function runSuno(
	kie: Simulator,
	parameters: INodeParameters,
	overrides: Partial<RunOptions> = {},
): Promise<RunResult> {
	const apiKey = accountKeys[accounts++ % accountKeys.length] ?? '';
	return await runNode(kie, { node, credentials: { apiKey }, parameters, ...overrides });
}

async function ask(kie: Simulator, path: string, body?: JsonObject): Promise<JsonObject> {
	const answer = await fetch(kie.url + path, {
		method: body ? 'POST' : 'GET',
		headers: { Authorization: `Bearer ${kie.apiKey}`, 'Content-Type': 'application/json' },
		...(body ? { body: JSON.stringify(body) } : {}),
	});
	const parsed = parseResponse({ statusCode: answer.status, headers: {}, body: await answer.json() });
	if (parsed.kind === 'failed' || !isObject(parsed.data)) throw new Error(`${path}: ${JSON.stringify(parsed)}`);
	return parsed.data;
}

const callBackUrl = 'https://no-callback.invalid/';
const FILE = 'https://example.com/file.mp3';

async function createdRecord(kie: Simulator, path: string, body: JsonObject): Promise<string> {
	const { taskId } = await ask(kie, path, { callBackUrl, ...body });
	const id = String(taskId);
	while (kie.tasks.get(id)?.state === 'running') await new Promise((resolve) => setTimeout(resolve, 5));
	return id;
}

/** A completed song as Kie Suno returns it, as far as later operations need it. */
export async function songItem(
	kie: Simulator,
	model = 'V6',
): Promise<{ taskId: string; tracks: Array<{ id: string }> }> {
	const taskId = await createdRecord(kie, '/api/v1/generate', {
		prompt: 'A song',
		model,
		customMode: false,
		instrumental: false,
	});
	const { response } = await ask(kie, `/api/v1/generate/record-info?taskId=${taskId}`);
	const tracks = isObject(response) && Array.isArray(response.sunoData) ? response.sunoData : [];
	return { taskId, tracks: tracks.map((track) => ({ id: isObject(track) ? String(track.id) : '' })) };
}

/** The item of a separation, for MIDI: the task and the stems' IDs. */
export async function stemsItem(kie: Simulator): Promise<{ taskId: string; stemTracks: Array<{ id: string }> }> {
	const { taskId: song, tracks } = await songItem(kie);
	const taskId = await createdRecord(kie, '/api/v1/vocal-removal/generate', {
		taskId: song,
		audioId: tracks[0]?.id ?? '',
		type: 'separate_vocal',
	});
	const { response } = await ask(kie, `/api/v1/vocal-removal/record-info?taskId=${taskId}`);
	const stems = isObject(response) && Array.isArray(response.originData) ? response.originData : [];
	return { taskId, stemTracks: stems.map((stem) => ({ id: isObject(stem) ? String(stem.id) : '' })) };
}

/** The item of a validation phrase. */
export async function phraseItem(kie: Simulator): Promise<{ taskId: string }> {
	return {
		taskId: await createdRecord(kie, '/api/v1/voice/validate', { voiceUrl: FILE, vocalStartS: 0, vocalEndS: 20 }),
	};
}

/** The item of a voice. */
export async function voiceItem(kie: Simulator): Promise<{ taskId: string }> {
	const { taskId } = await phraseItem(kie);
	return { taskId: await createdRecord(kie, '/api/v1/voice/generate', { taskId, verifyUrl: FILE }) };
}

/** What an operation continues from; if not set: a song. */
const PARENTS: Record<string, (kie: Simulator) => Promise<{ taskId: string }>> = {
	generateMidi: stemsItem,
	createVoice: phraseItem,
	regeneratePhrase: phraseItem,
	checkVoice: voiceItem,
};

/** The item that has the default task and track of an operation. */
export const parentOf = async (kie: Simulator, operation: string): Promise<{ taskId: string }> =>
	await (PARENTS[operation] ?? songItem)(kie);

/** One form of one operation. */
export interface Use {
	model: SunoModel;
	operation: string;
	form: OperationForm;
	/** The values with which the node shows this form. */
	switches: Record<string, string | boolean>;
	name: string;
}

/** Every form of every operation that creates something, each with one combination of its switches. */
export const uses: Use[] = sunoModels.flatMap((model) =>
	Object.entries(model.operations).flatMap(([operation, forms]) =>
		forms.map((form) => {
			const switches = Object.fromEntries(
				Object.entries(form.when ?? {}).map(([name, values]) => [name, values.at(-1) ?? '']),
			);
			const mode = Object.entries(switches).map(([name, value]) => `${name} ${value}`);
			return {
				model,
				operation,
				form,
				switches,
				name: [`${model.resource} ${operation}`, ...mode].join(', '),
			};
		}),
	),
);
