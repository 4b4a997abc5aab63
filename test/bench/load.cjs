const { basename } = require('node:path');

/** Loads the built nodes given as arguments, in a process of its own that has loaded what n8n itself uses. */
require('n8n-workflow');
require('p-limit');
require('lodash');

const start = process.cpuUsage();
const nodes = process.argv.slice(2).map((path) => new (require(path)[basename(path, '.node.js')])());
const { user, system } = process.cpuUsage(start);
const ms = (user + system) / 1000;
console.log(JSON.stringify({ ms, sizes: nodes.map(({ description }) => JSON.stringify(description).length) }));
