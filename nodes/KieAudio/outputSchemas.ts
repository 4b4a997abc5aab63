import { mediaSchemas } from '../shared/run/outputSchema';
import { audioNode } from './audioNode';

export const outputSchemas = mediaSchemas(audioNode);
