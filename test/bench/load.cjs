const { createRequire } = require('node:module');
const { basename } = require('node:path');

/** Loads the built nodes given as arguments, in a process of its own that has loaded what n8n itself uses. */
const paths = process.argv.slice(2);
const load = createRequire(paths[0]);
for (const name of ['n8n-core', 'n8n-workflow', 'p-limit', 'lodash']) load(name);

const start = process.cpuUsage();
const nodes = paths.map((path) => new (load(path)[basename(path, '.node.js')])());
const { user, system } = process.cpuUsage(start);
const ms = (user + system) / 1000;
console.log(JSON.stringify({ ms, sizes: nodes.map(({ description }) => JSON.stringify(description).length) }));
process.exit(0);
