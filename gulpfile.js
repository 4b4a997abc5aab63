const { dest, src } = require('gulp');

/** TypeScript compiles the code and copies the codex files; the icons are copied here. */
exports.default = () => src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
