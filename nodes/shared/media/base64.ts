/** A file as Base64, with or without the prefix of a data URL, and its size in bytes; undefined if it is not Base64. */
export function parseBase64(text: string): { base64Data: string; bytes: number } | undefined {
	const base64Data = text.replace(/\s+/g, '');
	const data = base64Data.replace(/^data:[^,]*;base64,/i, '');
	// Searches for invalid characters, because matching millions of valid ones would overflow the stack.
	const isValid = data !== '' && data.length % 4 === 0 && !/[^A-Za-z0-9+/]/.test(data.replace(/={1,2}$/, ''));
	return isValid ? { base64Data, bytes: Buffer.byteLength(data, 'base64') } : undefined;
}
