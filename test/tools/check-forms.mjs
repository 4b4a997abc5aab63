/**
 * n8n's linter only checks literal descriptions in a file. The forms of our nodes are generated from data, so here the built
 * nodes' forms are written out and linted with n8n's rules for parameters.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';

import { ESLint } from 'eslint';
import nodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

import { project } from './prepared.mjs';

const require = createRequire(import.meta.url);
const PREFIX = 'n8n-nodes-base/';
const ELSEWHERE = [
	// Also off in n8n's own configuration.
	'node-param-type-options-max-value-present',
	// Lists are in order with numbers by value (2K before 10K) and with retired models last; the rules sort by character.
	'node-param-options-type-unsorted-items',
	'node-param-collection-type-unsorted-items',
	// 'Lyrics' has no singular.
	'node-param-resource-with-plural-option',
	// Price is a list with one choice, the text of the price. There is nothing to choose and no ID to give.
	'node-param-description-missing-from-dynamic-options',
	'node-param-description-wrong-for-dynamic-options',
	'node-param-display-name-wrong-for-dynamic-options',
	// The fields of a shot or a speaker are in a logical order.
	'node-param-fixed-collection-type-unsorted-items',
];

const rules = Object.fromEntries(
	Object.entries(nodesBase.configs.nodes.rules).filter(
		([rule]) => rule.startsWith(`${PREFIX}node-param-`) && !ELSEWHERE.includes(rule.slice(PREFIX.length)),
	),
);
const linter = new ESLint({
	overrideConfigFile: true,
	overrideConfig: [
		{
			files: ['**/*.ts'],
			languageOptions: { parser: tseslint.parser },
			plugins: { 'n8n-nodes-base': nodesBase },
			rules,
		},
	],
});

/** The issues of a node's form. */
async function lint(className, description) {
	// The rules know a property by its bare name.
	const literal = JSON.stringify(description, null, '\t').replace(/^(\s*)"([A-Za-z_]\w*)":/gm, '$1$2:');
	const source = `export class ${className} implements INodeType {\n\tdescription: INodeTypeDescription = ${literal};\n}\n`;
	const lines = source.split('\n');
	const [{ messages }] = await linter.lintText(source, { filePath: `nodes/${className}/${className}.node.ts` });
	return messages.map(({ ruleId, message, line }) => `${ruleId}: ${message}: ${lines[line - 1].trim()}`);
}

const broken = {
	properties: [{ displayName: 'On', name: 'on', type: 'boolean', default: false, description: 'Switch.' }],
};
const isAwake = (await lint('Broken', broken)).some((line) => line.includes('boolean-without-whether'));
const problems = isAwake ? [] : ['The rules find nothing in a form that breaks them'];

for (const path of JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')).n8n.nodes) {
	const className = basename(path, '.node.js');
	const { [className]: Node } = require(join(project, path));
	const issues = await lint(className, new Node().description);
	problems.push(...issues.map((issue) => `${className}: ${issue}`));
}

for (const line of problems) console.error(line);
process.exit(problems.length === 0 ? 0 : 1);
