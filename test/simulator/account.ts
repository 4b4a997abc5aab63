import { type Answer, done, reject } from './answers';
import { isStored, linkTo } from './files';
import type { Call } from './routes';

/** GET /api/v1/chat/credit */
export const credit = ({ world }: Call): Answer => done(world.balance);

/** POST /api/v1/common/download-url: a link to a file of Kie's own, valid for 20 minutes. */
export function downloadUrl({ world, body }: Call): Answer {
	const { url, ...unknown } = body;
	const names = Object.keys(unknown);
	if (world.strict && names.length > 0) return reject(422, undefined, `Unknown parameter: ${names.join(', ')}`);
	if (url === undefined) return reject(422, undefined, 'url is missing');
	if (typeof url !== 'string' || !isStored(world, url)) return reject(422, 'url is wrong');
	return done(linkTo(world, url));
}
