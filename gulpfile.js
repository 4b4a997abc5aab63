const { execFile } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { promisify } = require('node:util');
const { dest, series, src } = require('gulp');

/** TypeScript compiles the code and copies the codex files; what else the package needs is added here. */

const icons = () => src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));

/** The list of the nodes with their descriptions, with which n8n starts without running the code of the package. */
async function metadata() {
	await promisify(execFile)(process.execPath, [require.resolve('n8n-core/bin/generate-metadata')]);
	// A list of methods that only n8n's own checks read.
	await rm('dist/methods', { recursive: true });
}

exports.default = series(icons, metadata);
