/** The file types that Kie takes and makes, by extension. */
const MIME_TYPES: Record<string, string> = {
	png: 'image/png',
	jpg: 'image/jpeg',
	jpeg: 'image/jpeg',
	webp: 'image/webp',
	gif: 'image/gif',
	bmp: 'image/bmp',
	tiff: 'image/tiff',
	svg: 'image/svg+xml',
	mp4: 'video/mp4',
	mov: 'video/quicktime',
	webm: 'video/webm',
	mp3: 'audio/mpeg',
	wav: 'audio/wav',
	m4a: 'audio/mp4',
	ogg: 'audio/ogg',
	flac: 'audio/flac',
	mid: 'audio/midi',
	json: 'application/json',
	txt: 'text/plain',
	srt: 'application/x-subrip',
	pdf: 'application/pdf',
	zip: 'application/zip',
};

const SAME_TYPE: Record<string, string> = {
	'image/jpg': 'image/jpeg',
	'audio/mp3': 'audio/mpeg',
	'audio/x-wav': 'audio/wav',
	'audio/wave': 'audio/wav',
	'audio/x-m4a': 'audio/mp4',
};

/** Types that say nothing about what a file is. */
const SAYS_NOTHING = ['application/octet-stream', 'binary/octet-stream', 'application/x-download'];

function extensionOf(fileName: string): string | undefined {
	const extension = /\.([a-z0-9]{2,5})$/i.exec(fileName)?.[1]?.toLowerCase();
	return extension !== undefined && Object.hasOwn(MIME_TYPES, extension) ? extension : undefined;
}

function extensionFor(mimeType: string): string | undefined {
	return Object.keys(MIME_TYPES).find((extension) => MIME_TYPES[extension] === mimeType);
}

/** The last part of a URL's path; a name must not lead to another folder. */
function baseName(url: string): string {
	const path = url.replace(/[?#].*$/, '').replace(/^[a-z]+:\/\/[^/]*/i, '');
	return decoded(path).split(/[\\/]/).pop() ?? '';
}

function decoded(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}

/**
 * The name and type of a downloaded file, from its URL and the server's Content-Type. The type that is stated wins
 * unless it says nothing; the name gets the extension that belongs to the type.
 */
export function describeFile(url: string, contentType: string | undefined): { fileName: string; mimeType: string } {
	const name = baseName(url) || 'file';
	const extension = extensionOf(name);
	const stated = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
	const known = (Object.hasOwn(SAME_TYPE, stated) ? SAME_TYPE[stated] : undefined) ?? stated;
	const mimeType =
		known !== '' && !SAYS_NOTHING.includes(known)
			? known
			: extension
				? (MIME_TYPES[extension] ?? '')
				: 'application/octet-stream';
	const fits = extension !== undefined && MIME_TYPES[extension] === mimeType;
	const right = extensionFor(mimeType);
	if (fits || right === undefined) return { fileName: name, mimeType };
	const stem = extension ? name.slice(0, -(extension.length + 1)) : name;
	return { fileName: `${stem}.${right}`, mimeType };
}
