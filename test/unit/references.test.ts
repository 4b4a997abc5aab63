import { isUrl, readReferences, splitReferences } from '../../nodes/shared/media/references';

const A = 'https://example.com/a.png';
const B = 'https://example.com/b.png';
/** As some image hosts write them. */
const WITH_COMMAS = 'https://cdn.example.com/w_200,h_100,c_fill/a.png';

describe('a list of files in one text', () => {
	it.each([
		['one URL', A, [A]],
		['commas and spaces', `${A}, ${B}`, [A, B]],
		['commas alone', `${A},${B}`, [A, B]],
		['lines', `${A}\n${B}\r\n`, [A, B]],
		['names of binary fields', 'data,mask, photo', ['data', 'mask', 'photo']],
		['names and URLs', `data, ${A},photo`, ['data', `${A},photo`]],
		['a name, then a URL', `data,${A}`, ['data', A]],
		['a URL, then a name after a space', `${A}, data`, [A, 'data']],
		['a URL with commas', WITH_COMMAS, [WITH_COMMAS]],
		['URLs with commas', `${WITH_COMMAS},${WITH_COMMAS}, data`, [WITH_COMMAS, WITH_COMMAS, 'data']],
		['an asset', `asset://abc,${A}`, ['asset://abc', A]],
		['empty parts', ` ,, ${A} , ,`, [A]],
		['nothing', '  ', []],
	])('may contain %s', (_name, text, parts) => {
		expect(splitReferences(text)).toEqual(parts);
	});
});

describe('a file field', () => {
	const read = (value: Parameters<typeof readReferences>[0], single = false) =>
		readReferences(value, ['data', 'photo'], single);

	it('distinguishes URLs from binary fields of the item', () => {
		expect(read(`${A}, data`)).toEqual([
			{ kind: 'url', url: A },
			{ kind: 'binary', name: 'data' },
		]);
	});

	it('names what is neither', () => {
		expect(read('data, nothing')).toEqual([
			{ kind: 'binary', name: 'data' },
			{ kind: 'unknown', text: 'nothing' },
		]);
		expect(read('example.com/a.png')).toEqual([{ kind: 'unknown', text: 'example.com/a.png' }]);
		expect(read(42)).toEqual([{ kind: 'unknown', text: '42' }]);
	});

	it('accepts a list from an expression, also of mixed entries', () => {
		expect(read([A, 'data', { url: B }, '', null])).toEqual([
			{ kind: 'url', url: A },
			{ kind: 'binary', name: 'data' },
			{ kind: 'url', url: B },
		]);
	});

	it('accepts a list written as JSON', () => {
		expect(read(JSON.stringify([WITH_COMMAS, 'photo']))).toEqual([
			{ kind: 'url', url: WITH_COMMAS },
			{ kind: 'binary', name: 'photo' },
		]);
	});

	it('keeps the commas of a list entry and of a single file', () => {
		expect(read([WITH_COMMAS])).toEqual([{ kind: 'url', url: WITH_COMMAS }]);
		expect(read(` ${WITH_COMMAS} `, true)).toEqual([{ kind: 'url', url: WITH_COMMAS }]);
	});

	it('keeps the order of its entries', () => {
		expect(read(['nothing', A, 'data'])).toEqual([
			{ kind: 'unknown', text: 'nothing' },
			{ kind: 'url', url: A },
			{ kind: 'binary', name: 'data' },
		]);
	});

	it('is empty if nothing is set', () => {
		for (const value of ['', ' ', null, []]) expect(read(value)).toEqual([]);
	});

	it.each(['https://a', 'http://a', 'asset://a', 'oss://a', 'HTTPS://A'])('%s is a URL', (value) =>
		expect(isUrl(value)).toBe(true),
	);
	it.each(['data', '//a', 'a:b', 'example.com/http://x'])('%s is not a URL', (value) =>
		expect(isUrl(value)).toBe(false),
	);
});
