const { basename } = require('node:path');
const { performance } = require('node:perf_hooks');

/** Loads the built nodes given as arguments, in a process of its own that has loaded what n8n itself uses. */
require('n8n-workflow');
require('p-limit');
require('lodash');

const start = performance.now();
const nodes = process.argv.slice(2).map((path) => new (require(path)[basename(path, '.node.js')])());
const ms = performance.now() - start;
console.log(JSON.stringify({ ms, sizes: nodes.map(({ description }) => JSON.stringify(description).length) }));
