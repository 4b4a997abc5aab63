import { trim, trimEnd } from 'lodash';

/** Control and formatting characters, such as NUL, line breaks and right-to-left marks. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** Characters with a meaning in paths or on the command line of some system. */
const SPECIAL = /[\\/<>:"|?*]/g;
/** Names of devices on Windows, with any extension. */
const DEVICES = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?= *(\.|$))/i;
/** File systems allow 255 bytes; the rest is for what is added, such as an extension. */
const MAX_STEM_BYTES = 200;

/** Longer names are shortened before any other processing. */
const MAX_LENGTH = 2_000;
const TAIL_LENGTH = 8;

/** A file name that every file system can store, with its extension; empty if nothing is left of it. */
export function safeName(name: string): string {
	const short = name.length > MAX_LENGTH ? name.slice(0, MAX_LENGTH - TAIL_LENGTH) + name.slice(-TAIL_LENGTH) : name;
	const visible = trim(short.replace(INVISIBLE, '').replace(SPECIAL, '_'), '. ');
	const [extension = ''] = /\.[a-z0-9]{1,5}$/i.exec(visible.slice(-6)) ?? [];
	const stem = trimEnd(firstBytes(visible.slice(0, visible.length - extension.length)), '. ');
	return stem.replace(DEVICES, '_$1') + extension;
}

/** As many whole characters as fit. */
function firstBytes(text: string): string {
	const bytes = Buffer.from(text.slice(0, MAX_STEM_BYTES));
	return bytes.length <= MAX_STEM_BYTES
		? bytes.toString()
		: trimEnd(bytes.subarray(0, MAX_STEM_BYTES).toString(), '\uFFFD');
}
