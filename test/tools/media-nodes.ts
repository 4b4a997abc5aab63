import { audioNode } from '../../nodes/KieAudio/audioNode';
import { imageNode } from '../../nodes/KieImage/imageNode';
import { videoNode } from '../../nodes/KieVideo/videoNode';
import type { MediaNodeDefinition } from '../../nodes/shared/form/mediaNodeDefinition';

export interface MediaNode {
	/** As n8n shows it. */
	title: string;
	definition: MediaNodeDefinition;
}

/** The nodes whose models are in the catalogue. A node added here is in README's tables and in the comparison with Kie. */
export const mediaNodes: MediaNode[] = [
	{ title: 'Kie Image', definition: imageNode },
	{ title: 'Kie Video', definition: videoNode },
	{ title: 'Kie Audio', definition: audioNode },
];
