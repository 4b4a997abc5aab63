/** A name as text and numbers in turn; the beginning is enough to sort by. */
const parts = (name: string) => name.slice(0, 200).toLowerCase().split(/(\d+)/);

/** The alphabetical order of n8n's lists, numbers by value. Not a collator, because the first one of a process takes 15 ms. */
export function compareNatural(a: string, b: string): number {
	const others = parts(b);
	for (const [index, part] of parts(a).entries()) {
		const other = others[index];
		if (other === undefined) return 1;
		if (part === other) continue;
		const isNumber = index % 2 === 1;
		if (isNumber && Number(part) !== Number(other)) return Number(part) - Number(other);
		return part < other ? -1 : 1;
	}
	return a.length - b.length;
}
