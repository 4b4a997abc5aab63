/** One measured number, and its maximum if there is one. */
export interface Figure {
	name: string;
	value: number;
	unit: string;
	bound?: number;
}

export const isOver = ({ value, bound }: Figure): boolean => bound !== undefined && !(value <= bound);

export function table(figures: Figure[]): string {
	const rows = figures.map((figure) => [
		figure.name,
		`${short(figure.value)} ${figure.unit}`,
		figure.bound === undefined ? '' : `${short(figure.bound)} ${figure.unit}`,
		figure.bound === undefined ? '' : isOver(figure) ? 'OVER' : 'ok',
	]);
	const cells = [['figure', 'measured', 'bound', ''], ...rows];
	const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
	return cells
		.map((row) =>
			row
				.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
				.join('  '),
		)
		.join('\n');
}

const short = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 2 : 1 });

/** The median; of an even number the higher of the two. */
export function median(values: number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
