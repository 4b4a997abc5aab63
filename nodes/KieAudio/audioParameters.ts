import { mediaNodeProperties } from '../shared/form/mediaParameters';
import { audioNode } from './audioNode';

/** The whole form of Kie Audio, from top to bottom. The build replaces this module by its value. */
export const audioProperties = mediaNodeProperties(audioNode);
