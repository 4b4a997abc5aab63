import { decodeUri } from '../json';
import { safeName } from './safeName';

/** The file types that Kie accepts and returns, by extension. */
const MIME_TYPES = new Map([
	['png', 'image/png'],
	['jpg', 'image/jpeg'],
	['jpeg', 'image/jpeg'],
	['webp', 'image/webp'],
	['gif', 'image/gif'],
	['bmp', 'image/bmp'],
	['tiff', 'image/tiff'],
	['svg', 'image/svg+xml'],
	['mp4', 'video/mp4'],
	['mov', 'video/quicktime'],
	['webm', 'video/webm'],
	['mp3', 'audio/mpeg'],
	['wav', 'audio/wav'],
	['m4a', 'audio/mp4'],
	['ogg', 'audio/ogg'],
	['flac', 'audio/flac'],
	['mid', 'audio/midi'],
	['json', 'application/json'],
	['txt', 'text/plain'],
	['srt', 'application/x-subrip'],
	['pdf', 'application/pdf'],
	['zip', 'application/zip'],
]);

const ALIASES = new Map([
	['image/jpg', 'image/jpeg'],
	['audio/mp3', 'audio/mpeg'],
	['audio/x-wav', 'audio/wav'],
	['audio/wave', 'audio/wav'],
	['audio/x-m4a', 'audio/mp4'],
]);

const UNKNOWN_TYPE = 'application/octet-stream';
/** Types that do not say what a file is. */
const GENERIC_TYPES = ['', UNKNOWN_TYPE, 'binary/octet-stream', 'application/x-download'];

/** The extension of a file name, if it is a known one. */
function extensionOf(fileName: string): string | undefined {
	const extension = /\.([a-z0-9]{2,5})$/i.exec(fileName)?.[1]?.toLowerCase();
	return extension !== undefined && MIME_TYPES.has(extension) ? extension : undefined;
}

/** A longer URL is cut before its file name is read. */
const MAX_URL_LENGTH = 10_000;

/** The last part of a URL's path, without slashes of any kind, so that the name stays in its folder. */
function baseName(url: string): string {
	const path = decodeUri(
		url
			.slice(0, MAX_URL_LENGTH)
			.replace(/[?#][^]*/, '')
			.replace(/^[a-z]+:\/\/[^/]*/i, ''),
	);
	return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/**
 * The name and type of a downloaded file, from its URL and the server's Content-Type. The Content-Type decides unless it
 * is generic; the name gets the extension of the type.
 */
export function describeFile(url: string, contentType?: string): { fileName: string; mimeType: string } {
	const name = safeName(baseName(url)) || 'file';
	const extension = extensionOf(name);
	const typeOfName = extension && MIME_TYPES.get(extension);
	const stated = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
	const mimeType = GENERIC_TYPES.includes(stated) ? (typeOfName ?? UNKNOWN_TYPE) : (ALIASES.get(stated) ?? stated);
	const [newExtension] = [...MIME_TYPES].find(([, type]) => type === mimeType) ?? [];
	if (typeOfName === mimeType || newExtension === undefined) return { fileName: name, mimeType };
	const stem = extension ? name.slice(0, -(extension.length + 1)) : name;
	return { fileName: `${stem}.${newExtension}`, mimeType };
}

/** The same for a file with a name of its own; a type that is not known leaves it the extension of its URL. */
export function describeNamedFile(
	name: string,
	url: string,
	contentType?: string,
): { fileName: string; mimeType: string } {
	const ofUrl = describeFile(url, contentType);
	const { fileName, mimeType } = describeFile(name, ofUrl.mimeType);
	const hasExtension = (file: string) => /\.[a-z][a-z0-9]{1,4}$/i.test(file);
	if (hasExtension(fileName) || !hasExtension(ofUrl.fileName)) return { fileName, mimeType };
	return { fileName: fileName + ofUrl.fileName.slice(ofUrl.fileName.lastIndexOf('.')), mimeType };
}
