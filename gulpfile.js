const { dest, parallel, src } = require('gulp');

/** TypeScript compiles the code; what it leaves behind (icons, codex files) is copied next to it. */
function icons() {
	return src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
}

function codex() {
	return src('nodes/**/*.node.json').pipe(dest('dist/nodes'));
}

exports.default = parallel(icons, codex);
