import { mediaSchemas } from '../shared/run/outputSchema';
import { videoNode } from './videoNode';

export const outputSchemas = mediaSchemas(videoNode);
