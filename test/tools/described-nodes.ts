import { createRequire } from 'node:module';
import { join } from 'node:path';

import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { PROJECT } from './doc-pages';

const load = createRequire(__filename);

/** The description of a node. Loaded with the file's extension, because tsx prefers the codex file of the same name. */
function descriptionOf(className: string): INodeTypeDescription {
	const path = join(PROJECT, 'nodes', className, `${className}.node.ts`);
	const exported: Record<string, new () => INodeType> = load(path);
	const Node = exported[className];
	if (!Node) throw new Error(`${path} does not export ${className}`);
	return new Node().description;
}

/** The nodes of the package, in the order of the docs, with the page of each. */
export const describedNodes: Array<{ page: string; description: INodeTypeDescription }> = [
	{ page: 'docs/nodes/image.md', description: descriptionOf('KieImage') },
	{ page: 'docs/nodes/video.md', description: descriptionOf('KieVideo') },
	{ page: 'docs/nodes/audio.md', description: descriptionOf('KieAudio') },
	{ page: 'docs/nodes/suno.md', description: descriptionOf('KieSuno') },
	{ page: 'docs/nodes/chat.md', description: descriptionOf('KieChat') },
	{ page: 'docs/nodes/chat-model.md', description: descriptionOf('KieChatModel') },
	{ page: 'docs/nodes/common.md', description: descriptionOf('KieCommon') },
	{ page: 'docs/nodes/trigger.md', description: descriptionOf('KieTrigger') },
];
