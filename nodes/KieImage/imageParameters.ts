import { mediaNodeProperties } from '../shared/form/mediaParameters';
import { imageNode } from './imageNode';

/** The whole form of Kie Image, from top to bottom. The build replaces this module by its value. */
export const imageProperties = mediaNodeProperties(imageNode);
