import type { Model } from '../types';
import { gpt4oImage } from './4o-image';
import { flux2 } from './flux-2';
import { fluxKontext } from './flux-kontext';
import { google } from './google';
import { gptImage } from './gpt-image';
import { grokImagine } from './grok-imagine';
import { ideogram } from './ideogram';
import { midjourney } from './midjourney';
import { qwen } from './qwen';
import { recraft } from './recraft';
import { seedream } from './seedream';
import { topaz } from './topaz';
import { wan } from './wan';
import { zImage } from './z-image';

/** Every model of Kie Image. */
export const imageModels: Model[] = [
	...gpt4oImage,
	...flux2,
	...fluxKontext,
	...google,
	...gptImage,
	...grokImagine,
	...ideogram,
	...midjourney,
	...qwen,
	...recraft,
	...seedream,
	...topaz,
	...wan,
	...zImage,
];
