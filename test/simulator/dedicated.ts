import { alephRoutes } from './aleph';
import { assetRoutes } from './assets';
import { lumaRoutes } from './luma';
import { omniRoutes } from './omni';
import { imageRoutes } from './own-images';
import type { Route } from './routes';
import { runwayRoutes } from './runway';
import { atOnceRoutes } from './suno-at-once';
import { songRoutes } from './suno-songs';
import { toolRoutes } from './suno-tools';
import { voiceRoutes } from './suno-voices';
import { veoRoutes } from './veo';

/** The APIs with their own paths and formats. */
export const dedicatedRoutes: Route[] = [
	...imageRoutes,
	...veoRoutes,
	...runwayRoutes,
	...alephRoutes,
	...lumaRoutes,
	...omniRoutes,
	...assetRoutes,
	...songRoutes,
	...toolRoutes,
	...voiceRoutes,
	...atOnceRoutes,
];
