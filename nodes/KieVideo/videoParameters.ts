import { mediaNodeProperties } from '../shared/form/mediaParameters';
import { videoNode } from './videoNode';

/** The whole form of Kie Video, from top to bottom. The build replaces this module by its value. */
export const videoProperties = mediaNodeProperties(videoNode);
