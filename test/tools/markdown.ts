/** A Markdown table, aligned as Prettier does it. Pipes and line breaks inside cells are escaped. */
export function markdownTable(head: string[], rows: string[][]): string {
	const cells = [head, ...rows].map((row) =>
		row.map((cell) => cell.replace(/\s+/g, ' ').trim().replaceAll('|', '\\|')),
	);
	const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => (row[column] ?? '').length)));
	const line = (row: string[]) => `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`;
	const [first = [], ...otherRows] = cells;
	return [line(first), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...otherRows.map(line)].join(
		'\n',
	);
}

const BLOCK = /(<!-- table: (\S+) -->)[\s\S]*?(<!-- \/table -->)/g;

/**
 * A page with every block `<!-- table: name -->` … `<!-- /table -->` filled with the table of that name.
 * @throws Error if a block names a table that does not exist.
 */
export function withTables(page: string, tables: Record<string, string>): string {
	return page.replace(BLOCK, (_, start: string, name: string, end: string) => {
		const table = tables[name];
		if (table === undefined)
			throw new Error(`There is no table '${name}'; there are ${Object.keys(tables).join(', ')}`);
		return `${start}\n\n${table}\n\n${end}`;
	});
}

/** The names of the tables that a page contains. */
export function tablesIn(page: string): string[] {
	return [...page.matchAll(BLOCK)].map(([, , name = '']) => name);
}
