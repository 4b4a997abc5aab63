const { basename } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

/** The files that wait the longest for n8n, the longest first, so that none of them is left over for the end. */
const LONGEST = ['queue', 'restart', 'durable', 'trigger', 'editor', 'install'].map((name) => `${name}.test.ts`);

const rank = ({ path }) => {
	const index = LONGEST.indexOf(basename(path));
	return index < 0 ? LONGEST.length : index;
};

/** On a fresh clone, jest knows only the sizes of files. */
module.exports = class LongestFirst extends Sequencer {
	sort(tests) {
		return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b));
	}
};
