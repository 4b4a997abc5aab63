import { randomBytes } from 'node:crypto';
import { type Answer, reject, rejectForRate } from './answers';
import { fateOf } from './faults';
import { exactly } from './own-api';
import type { Call, Route } from './routes';
import { namesMissing } from './tasks';
import type { JsonObject } from './types';
import { type Check } from './validate';
import { omniAudioCheck, omniCharacterCheck } from './video-bodies';

/** Gemini Omni voices and characters: created immediately, without a task. */

const voice = ({ name = '' }: JsonObject): JsonObject => ({ kieAudioId: randomBytes(6).toString('hex'), name });

function character({ image_urls: images, character_name: characterName = '' }: JsonObject): JsonObject {
	const [imageUrl = null, bodyImageUrl = null] = Array.isArray(images) ? images : [];
	return { characterId: randomBytes(4).toString('hex'), characterName, imageUrl, bodyImageUrl };
}

/** The response for a voice has code 0, that for a character 200. */
const immediateRoute = (path: string, code: number, check: Check, toData: (body: JsonObject) => JsonObject): Route => ({
	method: 'POST',
	path: exactly(path),
	on: 'create',
	handle: ({ world, account, body, fault }: Call): Answer => {
		if (!world.creates.admits(account)) return rejectForRate();
		const issue = check(body);
		if (issue) return reject(422, issue.msg, issue.detail);
		if (namesMissing(world, body)) return reject(451);
		const fate = fateOf(fault);
		if (fate.end === 'fail') return reject(Number(fate.failCode), fate.failMsg);
		return { body: { code, msg: 'success', data: fate.end === 'no-result' ? {} : toData(body) } };
	},
});

export const omniRoutes: Route[] = [
	immediateRoute('/api/v1/omni/audio/create', 0, omniAudioCheck, voice),
	immediateRoute('/api/v1/omni/character/create', 200, omniCharacterCheck, character),
];
