import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The facts about Kie's API, and recordings of the real Kie, which are not part of the project. */

const folder = join(__dirname, 'kie-api');

/** The content of a fact file such as `platform/credits.json`. */
export const facts = (path: string) => JSON.parse(readFileSync(join(folder, path), 'utf8'));

/** All fact files of a folder, such as `suno/suno--generate-music.json`. */
export const factFiles = (group: string): string[] =>
	readdirSync(join(folder, group))
		.filter((name) => name.endsWith('.json'))
		.map((name) => `${group}/${name}`);

const recordings = process.env.KIE_RECORDED;

/** For tests against recordings: skipped unless KIE_RECORDED names the folder of an `exchanges.json`. */
export const describeRecorded = recordings ? describe : describe.skip;

/** The recorded exchanges, as `{recording, method, path, request, status, response}`; none without KIE_RECORDED. */
export const recordedExchanges = () =>
	recordings ? JSON.parse(readFileSync(resolve(recordings, 'exchanges.json'), 'utf8')) : [];
