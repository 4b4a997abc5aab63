const { execFile } = require('node:child_process');
const { existsSync, readdirSync } = require('node:fs');
const { mkdir, readFile, rm, writeFile } = require('node:fs/promises');
const { dirname, join } = require('node:path');
const { promisify } = require('node:util');
const { dest, series, src } = require('gulp');

/** TypeScript compiles the code and copies the codex files; what else the package needs is added here. */

const icons = () => src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));

/** Making the form of a node from its models takes a tenth of a second, so it is made here and not in each process of n8n. */
const FORMS = [
	'KieAudio/audioParameters',
	'KieImage/imageParameters',
	'KieSuno/sunoParameters',
	'KieVideo/videoParameters',
];

/** Replaces the modules of forms by their values as JSON, which Node.js loads under the same name. */
async function forms() {
	for (const form of FORMS) {
		const code = join(__dirname, 'dist/nodes', `${form}.js`);
		await writeFile(code.replace(/js$/, 'json'), JSON.stringify(require(code)));
		await rm(code);
	}
}

/** JSON with the same content. */
const escapeNonAscii = (json) =>
	json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The list of the nodes with their descriptions, with which n8n starts without running the code of the package. */
async function metadata() {
	await promisify(execFile)(process.execPath, [require.resolve('n8n-core/bin/generate-metadata')]);
	// A list of methods that only n8n's own checks read.
	await rm('dist/methods', { recursive: true });
	// Node.js reads a file that is ASCII only in half the time.
	const types = 'dist/types/nodes.json';
	await writeFile(types, escapeNonAscii(await readFile(types, 'utf8')));
}

/** The JSON Schemas of what the nodes return, where n8n looks for them: `__schema__/v1.0.0/resource/operation.json`. */
async function schemas() {
	for (const node of readdirSync('dist/nodes')) {
		const code = join(__dirname, 'dist/nodes', node, 'outputSchemas.js');
		if (!existsSync(code)) continue;
		for (const [operation, schema] of Object.entries(require(code).outputSchemas)) {
			const path = `${join('dist/nodes', node, '__schema__/v1.0.0', operation).replace(/[\\/]$/, '')}.json`;
			await mkdir(dirname(path), { recursive: true });
			await writeFile(path, JSON.stringify(schema));
		}
	}
}

exports.default = series(icons, forms, metadata, schemas);
