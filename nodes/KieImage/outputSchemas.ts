import { mediaSchemas } from '../shared/run/outputSchema';
import { imageNode } from './imageNode';

export const outputSchemas = mediaSchemas(imageNode);
