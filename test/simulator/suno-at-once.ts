import { randomBytes } from 'node:crypto';
import { type Answer, done, refuse, tooOften } from './answers';
import { fateOf } from './faults';
import { exactly } from './own-api';
import type { Call, Route } from './routes';
import { type SunoPath, sunoCheck } from './suno-bodies';
import { alignedWords, given, uuid } from './suno-content';
import { trackOf, unknownRecord } from './suno-parents';
import { root } from './suno-songs';
import type { Json, JsonObject } from './types';
import { voiceAvailable } from './suno-voices';
import type { World } from './world';

/** What Suno answers at once, without a task: timed lyrics, personas, a better style, whether a voice can be used. */

/** A result, or a refusal where there is nothing to make it of. */
export type Made = { data: JsonObject } | { refused: Answer };

const unknown: Made = { refused: unknownRecord() };

export const timedLyrics = (world: World, input: JsonObject): Made => {
	const found = trackOf(world, input);
	return found ? { data: alignedWords(found.track.prompt) } : unknown;
};

/** A track becomes one persona only. */
export function persona(world: World, input: JsonObject): Made {
	if (!trackOf(world, input)) return unknown;
	const audioId = String(given(input, 'audioId'));
	if (world.personas.has(audioId)) return { refused: refuse(409, 'Persona already exists') };
	world.personas.add(audioId);
	const { name = '', description = '' } = input;
	return { data: { personaId: uuid(audioId).replaceAll('-', ''), name, description } };
}

/** As seen in a live response: a Chinese word for the state, and errorMsg. */
export const style = (world: World, { content = '' }: JsonObject): Made => ({
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

export function voiceCheck(world: World, input: JsonObject): Made {
	const isAvailable = voiceAvailable(world, String(given(input, 'taskId')));
	return isAvailable === undefined ? unknown : { data: { isAvailable } };
}

const atOnce = (path: SunoPath, credits: number, make: (world: World, body: JsonObject) => Made): Route => {
	const check = sunoCheck(path);
	return {
		method: 'POST',
		path: exactly(root + path),
		on: 'create',
		handle: ({ world, account, body, fault }: Call): Answer => {
			if (!world.creates.admits(account)) return tooOften();
			const refused = check(body);
			if (refused) return refuse(422, refused.msg, refused.detail);
			if (world.balance < credits) return refuse(402);
			const fate = fateOf(fault);
			if (fate.end === 'fail') return refuse(Number(fate.failCode), fate.failMsg);
			const made = make(world, body);
			if ('refused' in made) return made.refused;
			world.balance -= credits;
			if (fate.end === 'no-result') return done(emptied(made.data));
			return done(fault?.kind === 'state' ? { ...made.data, successFlag: fault.state } : made.data);
		},
	};
};

/** The same without what it is about. */
const emptied = (data: JsonObject): JsonObject =>
	Object.fromEntries(Object.entries(data).map(([name, value]): [string, Json] => [name, nothingOf(value)]));

const nothingOf = (value: Json): Json => (Array.isArray(value) ? [] : typeof value === 'string' ? '' : value);

export const atOnceRoutes: Route[] = [
	atOnce('/generate/get-timestamped-lyrics', 0.5, timedLyrics),
	atOnce('/generate/generate-persona', 0, persona),
	atOnce('/style/generate', 0.4, style),
	atOnce('/voice/check-voice', 0, voiceCheck),
];
