import type { MediaKind } from '../catalogue/types';
import { describeFile } from '../media/mimeTypes';
import type { ChatMessage, ChatPart } from './chatTypes';

/** What a message contains. */

type FilePart = Extract<ChatPart, { type: 'file' }>;

/** The texts of a message as one. */
export function messageText({ parts }: Pick<ChatMessage, 'parts'>): string {
	return parts.flatMap((part) => (part.type === 'text' && part.text !== '' ? [part.text] : [])).join('\n\n');
}

/** The parts without empty texts, which some models reject. */
export function nonEmptyParts({ parts }: ChatMessage): ChatPart[] {
	return parts.filter((part) => part.type === 'file' || part.text !== '');
}

const UNKNOWN_TYPE = 'application/octet-stream';

/** The MIME type of a file, as stated or from the extension in its URL. An image of unknown type counts as JPEG. */
export function mimeTypeOf({ url, mimeType, kind }: FilePart): string {
	const type = describeFile(url, mimeType).mimeType;
	return type === UNKNOWN_TYPE && kind === 'image' ? 'image/jpeg' : type;
}

/** The kind of a file; an unknown one counts as a document. */
export function fileKind(part: FilePart): MediaKind {
	if (part.kind) return part.kind;
	const [kind] = mimeTypeOf(part).split('/');
	return kind === 'image' || kind === 'video' || kind === 'audio' ? kind : 'file';
}

/** The messages with the name of its tool on each tool result that has only the ID of its call. */
export function withToolNames(messages: ChatMessage[]): ChatMessage[] {
	const names = new Map<string, string>();
	return messages.map((message) => {
		for (const { id, name } of message.toolCalls ?? []) names.set(id, name);
		const toolName = message.toolName ?? names.get(message.toolCallId ?? '');
		return message.role === 'tool' && toolName !== undefined ? { ...message, toolName } : message;
	});
}
