import { randomBytes } from 'node:crypto';
import { type Answer, done, reject, rejectForRate } from './answers';
import { fateOf } from './faults';
import { exactly } from './own-api';
import type { Call, Route } from './routes';
import { type SunoPath, sunoCheck } from './suno-bodies';
import { alignedWords, fieldOf, uuid } from './suno-content';
import { trackOf, unknownRecord } from './suno-parents';
import { root } from './suno-songs';
import type { Json, JsonObject } from './types';
import { voiceAvailable } from './suno-voices';
import type { World } from './world';

/** What Suno returns immediately, without a task: timed lyrics, personas, a better style, whether a voice can be used. */

/** A result, or a rejection if its source does not exist. */
export type ImmediateResult = { data: JsonObject } | { rejection: Answer };

const unknown: ImmediateResult = { rejection: unknownRecord() };

export const timedLyrics = (world: World, input: JsonObject): ImmediateResult => {
	const match = trackOf(world, input);
	return match ? { data: alignedWords(match.track.prompt) } : unknown;
};

/** A track becomes one persona only. */
export function persona(world: World, input: JsonObject): ImmediateResult {
	if (!trackOf(world, input)) return unknown;
	const audioId = String(fieldOf(input, 'audioId'));
	if (world.personas.has(audioId)) return { rejection: reject(409, 'Persona already exists') };
	world.personas.add(audioId);
	const { name = '', description = '' } = input;
	return { data: { personaId: uuid(audioId).replaceAll('-', ''), name, description } };
}

/** As observed live: a Chinese word for the state, and errorMsg. */
export const style = (world: World, { content = '' }: JsonObject): ImmediateResult => ({
	data: {
		taskId: randomBytes(16).toString('hex'),
		param: content,
		result: `${String(content)}, built around a hushed intro with sparse felt piano and wide choruses.`,
		creditsConsumed: 0.4,
		creditsRemaining: Math.round(world.balance * 100 - 40) / 100,
		successFlag: '成功',
		errorCode: null,
		errorMsg: null,
		createTime: Date.now(),
	},
});

export function voiceCheck(world: World, input: JsonObject): ImmediateResult {
	const isAvailable = voiceAvailable(world, String(fieldOf(input, 'taskId')));
	return isAvailable === undefined ? unknown : { data: { isAvailable } };
}

const immediateRoute = (
	path: SunoPath,
	credits: number,
	make: (world: World, body: JsonObject) => ImmediateResult,
): Route => {
	const check = sunoCheck(path);
	return {
		method: 'POST',
		path: exactly(root + path),
		on: 'create',
		handle: ({ world, account, body, fault }: Call): Answer => {
			if (!world.creates.admits(account)) return rejectForRate();
			const issue = check(body);
			if (issue) return reject(422, issue.msg, issue.detail);
			if (world.balance < credits) return reject(402);
			const fate = fateOf(fault);
			if (fate.end === 'fail') return reject(Number(fate.failCode), fate.failMsg);
			const immediate = make(world, body);
			if ('rejection' in immediate) return immediate.rejection;
			world.balance -= credits;
			if (fate.end === 'no-result') return done(emptied(immediate.data));
			return done(fault?.kind === 'state' ? { ...immediate.data, successFlag: fault.state } : immediate.data);
		},
	};
};

/** The same with empty values. */
const emptied = (data: JsonObject): JsonObject =>
	Object.fromEntries(Object.entries(data).map(([name, value]): [string, Json] => [name, nothingOf(value)]));

const nothingOf = (value: Json): Json => (Array.isArray(value) ? [] : typeof value === 'string' ? '' : value);

export const atOnceRoutes: Route[] = [
	immediateRoute('/generate/get-timestamped-lyrics', 0.5, timedLyrics),
	immediateRoute('/generate/generate-persona', 0, persona),
	immediateRoute('/style/generate', 0.4, style),
	immediateRoute('/voice/check-voice', 0, voiceCheck),
];
