import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import ts from 'typescript';

import { PROJECT } from './doc-pages';

/** A text in the source of the nodes, with `…` for each of its expressions. */
export interface SourceText {
	/** Path below nodes/. */
	file: string;
	text: string;
	/** What the text belongs to: the name of a property or of the function that it is passed to. */
	owner: string;
}

const NODES = join(PROJECT, 'nodes');

/** Expressions that have their own name in the docs. */
const NAMES: Array<[RegExp, string]> = [
	[/^(label\b|path\(|.*\bdisplayName$)/, 'Field'],
	[/^title$/, 'Model'],
	[/^index \+ 1$/, '1'],
];

/** All texts of at least two words in the source of the nodes, except models and comments. */
export function sourceTexts(): SourceText[] {
	return readdirSync(NODES, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.parentPath.includes('catalogue'))
		.flatMap(({ parentPath, name }) => textsIn(join(parentPath, name)));
}

function textsIn(path: string): SourceText[] {
	const file = relative(NODES, path);
	const texts: SourceText[] = [];
	const visit = (node: ts.Node): void => {
		const text = textOf(node)?.replace(/ \[item …\]$/, '');
		if (text?.includes(' ')) texts.push({ file, text, owner: ownerOf(node) });
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true));
	return texts;
}

function textOf(node: ts.Node): string | undefined {
	if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
	if (!ts.isTemplateExpression(node)) return undefined;
	const spans = node.templateSpans.map(({ expression, literal }) => nameOf(expression.getText()) + literal.text);
	// A label that is quoted already.
	return [node.head.text, ...spans].join('').replace(/^Field /, "'Field' ");
}

function nameOf(expression: string): string {
	return NAMES.find(([pattern]) => pattern.test(expression))?.[1] ?? '…';
}

function ownerOf({ parent }: ts.Node): string {
	if (ts.isPropertyAssignment(parent)) return parent.name.getText();
	if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return parent.expression.getText();
	return ts.isConditionalExpression(parent) || ts.isBinaryExpression(parent) ? ownerOf(parent) : '';
}
