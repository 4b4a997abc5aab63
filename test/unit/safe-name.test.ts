import { safeName } from '../../nodes/shared/media/safeName';
import { cpuMs } from './cpu-time';

describe('safeName', () => {
	it.each([
		['cat.png', 'cat.png'],
		['Grüße 1.2.png', 'Grüße 1.2.png'],
		['..', ''],
		['. .hidden. .', 'hidden'],
		['a\u0000\r\n\u2028b\u202Egpj.exe', 'abgpj.exe'],
		['a/b\\c:d*e?.png', 'a_b_c_d_e_.png'],
		['nul', '_nul'],
		['LPT1 .tar.gz', '_LPT1 .tar.gz'],
		['console.txt', 'console.txt'],
		['\uD800a.png', 'a.png'],
		[`${'a'.repeat(5_000)}.mp4`, `${'a'.repeat(200)}.mp4`],
		[`${'a'.repeat(199)}😀.mp4`, `${'a'.repeat(199)}.mp4`],
	])('%j becomes %j', (name, safe) => expect(safeName(name)).toBe(safe));

	it.each(['.', ' ', '. ', '\u202E', '😀', 'a.', '<'])('runs in linear time for 1 MB of %j', (part) => {
		const name = part.repeat(1_000_000 / part.length);
		expect(Buffer.byteLength(safeName(name))).toBeLessThan(256);
		expect(cpuMs(() => safeName(name), 50)).toBeLessThan(50);
	});
});
