import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { gif, jpeg, mp4, webp } from './fixtures';

/** The bytes of result files: small, real and, where it is cheap, a different image for each name. */

interface Media {
	type: string;
	make: (name: string) => Buffer;
}

const jpegFile: Media = { type: 'image/jpeg', make: () => jpeg };

const formats: Record<string, Media> = {
	png: { type: 'image/png', make: gradient },
	jpg: jpegFile,
	jpeg: jpegFile,
	webp: { type: 'image/webp', make: () => webp },
	gif: { type: 'image/gif', make: () => gif },
	mp4: { type: 'video/mp4', make: () => mp4 },
	mov: { type: 'video/quicktime', make: () => mp4 },
	mp3: { type: 'audio/mpeg', make: silence },
	m4a: { type: 'audio/mp4', make: () => Buffer.concat([mp4.subarray(0, 8), Buffer.from('M4A '), mp4.subarray(12)]) },
	wav: { type: 'audio/wav', make: tone },
};

/** MIME type and bytes of the file of this name; PNG without an extension, undefined where it is unknown. */
export function mediaFile(name: string): { type: string; bytes: Buffer } | undefined {
	const format = formats[/\.(\w+)$/.exec(name)?.[1] ?? 'png'];
	return format && { type: format.type, bytes: format.make(name) };
}

/** The MIME type of a file name. */
export const mimeType = (name: string): string =>
	formats[name.slice(name.lastIndexOf('.') + 1).toLowerCase()]?.type ?? 'application/octet-stream';

const fillerBlock = Buffer.from(Array.from({ length: 65_536 }, (_, index) => (index * 31 + (index >> 8) * 7) & 255));

/** A file of `size` bytes that begins with `head` and continues with filler; never held in memory as a whole. */
export function* padded(head: Buffer, size: number): Generator<Buffer> {
	yield head.subarray(0, size);
	for (let left = size - head.length; left > 0; left -= fillerBlock.length) {
		yield left >= fillerBlock.length ? fillerBlock : fillerBlock.subarray(0, left);
	}
}

/** A PNG of 192 x 128 pixels: a gradient between two colors derived from the name. */
function gradient(name: string): Buffer {
	const [width, height] = [192, 128];
	const seed = createHash('sha256').update(name).digest();
	const mix = (channel: number, share: number): number => {
		const [from, to] = [seed[channel] ?? 0, seed[channel + 3] ?? 255];
		return Math.round(from + (to - from) * share);
	};
	const rows = Buffer.alloc(height * (1 + width * 3));
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			const share = (x / width + y / height) / 2;
			const at = y * (1 + width * 3) + 1 + x * 3;
			for (let channel = 0; channel < 3; channel++) rows[at + channel] = mix(channel, share);
		}
	}
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([8, 2, 0, 0, 0], 8);
	const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
	return Buffer.concat([
		signature,
		chunk('IHDR', header),
		chunk('IDAT', deflateSync(rows)),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

function chunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
	length.writeUInt32BE(data.length);
	sum.writeUInt32BE(crc32(body));
	return Buffer.concat([length, body, sum]);
}

/** CRC-32 as PNG requires it; node:zlib has none in Node 20. */
function crc32(bytes: Buffer): number {
	let crc = 0xffffffff;
	for (const byte of bytes) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return (crc ^ 0xffffffff) >>> 0;
}

/** A second of silence as MP3: 39 MPEG-1 layer III frames of 128 kbit/s and 44.1 kHz. */
function silence(): Buffer {
	const frame = Buffer.alloc(417);
	frame.set([0xff, 0xfb, 0x90, 0xc4]);
	return Buffer.concat(Array<Buffer>(39).fill(frame));
}

/** A quarter of a second of 440 Hz as WAV: 8 kHz, 16 bit, mono. */
function tone(): Buffer {
	const [rate, count] = [8000, 2000];
	const wav = Buffer.alloc(44 + count * 2);
	wav.write('RIFF', 0);
	wav.writeUInt32LE(36 + count * 2, 4);
	wav.write('WAVEfmt ', 8);
	wav.writeUInt32LE(16, 16);
	wav.writeUInt16LE(1, 20);
	wav.writeUInt16LE(1, 22);
	wav.writeUInt32LE(rate, 24);
	wav.writeUInt32LE(rate * 2, 28);
	wav.writeUInt16LE(2, 32);
	wav.writeUInt16LE(16, 34);
	wav.write('data', 36);
	wav.writeUInt32LE(count * 2, 40);
	for (let index = 0; index < count; index++) {
		wav.writeInt16LE(Math.round(8000 * Math.sin((2 * Math.PI * 440 * index) / rate)), 44 + index * 2);
	}
	return wav;
}
