import type { Model } from '../types';
import { geminiOmni } from './gemini-omni';
import { grokImagine } from './grok-imagine';
import { hailuo } from './hailuo';
import { happyhorse } from './happyhorse';
import { infinitalk } from './infinitalk';
import { kling } from './kling';
import { kling3 } from './kling-3';
import { luma } from './luma';
import { midjourney } from './midjourney';
import { minimaxH3 } from './minimax-h3';
import { omnihuman } from './omnihuman';
import { pixverse } from './pixverse';
import { runway } from './runway';
import { seedance } from './seedance';
import { sora } from './sora';
import { topaz } from './topaz';
import { veo } from './veo';
import { volcengine } from './volcengine';
import { wan } from './wan';

/** Every model of Kie Video. */
export const videoModels: Model[] = [
	...geminiOmni,
	...grokImagine,
	...hailuo,
	...happyhorse,
	...infinitalk,
	...kling,
	...kling3,
	...luma,
	...midjourney,
	...minimaxH3,
	...omnihuman,
	...pixverse,
	...runway,
	...seedance,
	...sora,
	...topaz,
	...veo,
	...volcengine,
	...wan,
];
