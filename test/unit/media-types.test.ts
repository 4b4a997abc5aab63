import { describeFile, describeNamedFile } from '../../nodes/shared/media/mimeTypes';

describe('a downloaded file', () => {
	it.each([
		['keeps its name', 'https://h/r/a.png', 'image/png', 'a.png', 'image/png'],
		['has a name without query and fragment', 'https://h/r/a.jpg?x=/b.png#c', 'image/jpeg', 'a.jpg', 'image/jpeg'],
		['has a decoded name', 'https://h/r/my%20cat.png', 'image/png', 'my cat.png', 'image/png'],
		['has its name even where it is wrongly encoded', 'https://h/100%.png', 'image/png', '100%.png', 'image/png'],
		['gets the extension of its stated type', 'https://h/r/a.png', 'image/jpeg', 'a.jpg', 'image/jpeg'],
		['gets an extension where its name has none', 'https://h/r/abc', 'video/mp4', 'abc.mp4', 'video/mp4'],
		['keeps a dot that is no extension', 'https://h/r/v1.2final', 'image/webp', 'v1.2final.webp', 'image/webp'],
		['keeps .jpeg for JPEG', 'https://h/r/a.jpeg', 'image/jpeg', 'a.jpeg', 'image/jpeg'],
		['has the usual word for its type', 'https://h/r/a.jpg', 'image/jpg', 'a.jpg', 'image/jpeg'],
		['has a type without parameters', 'https://h/r/a.txt', 'Text/Plain; charset=utf-8', 'a.txt', 'text/plain'],
		['has the type of its name where the host says nothing', 'https://h/r/a.webp', undefined, 'a.webp', 'image/webp'],
		[
			'has the type of its name where the host says octet-stream',
			'https://h/r/a.mp3',
			'application/octet-stream',
			'a.mp3',
			'audio/mpeg',
		],
		[
			'has the type of its name where the host says binary',
			'https://h/r/a.MP4',
			'binary/octet-stream',
			'a.MP4',
			'video/mp4',
		],
		['is just bytes where nothing is known', 'https://h/r/abc', undefined, 'abc', 'application/octet-stream'],
		['keeps a type that the package does not know', 'https://h/r/a.png', 'image/avif', 'a.png', 'image/avif'],
		['has a name even where the URL has none', 'https://h/', 'image/png', 'file.png', 'image/png'],
		['is not named after its host', 'https://host.png', 'image/png', 'file.png', 'image/png'],
	])('%s', (_name, url, stated, fileName, mimeType) => {
		expect(describeFile(url, stated)).toEqual({ fileName, mimeType });
	});

	it.each([
		[
			'gets the extension of its type',
			'nano-banana-2-3b63ce98',
			'https://h/a.jpg',
			'image/png',
			'nano-banana-2-3b63ce98.png',
		],
		['keeps the extension that it has', 'fox.webp', 'https://h/a.jpg', 'image/webp', 'fox.webp'],
		[
			'gets that of the URL for an unknown type',
			'trellis-3b63ce98',
			'https://h/a.glb',
			'model/gltf',
			'trellis-3b63ce98.glb',
		],
		['has none where nothing is known', 'trellis-3b63ce98', 'https://h/a', undefined, 'trellis-3b63ce98'],
		[
			'keeps a version that is no extension',
			'kling-3.0',
			'https://h/a.bin',
			'application/octet-stream',
			'kling-3.0.bin',
		],
	])('with a given name %s', (_name, name, url, stated, fileName) => {
		expect(describeNamedFile(name, url, stated).fileName).toBe(fileName);
	});
});
