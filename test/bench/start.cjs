const { setTimeout } = require('node:timers/promises');

const { LazyPackageDirectoryLoader, PackageDirectoryLoader } = require('n8n-core');

/**
 * Loads the package in a folder as n8n does at its start, with the package's metadata or by running its code, in a
 * separate process that has loaded what n8n itself uses. Prints the CPU time (ms) and the heap that is kept (MB).
 */
require('n8n-workflow');
require('p-limit');
require('lodash');

const [folder, how] = process.argv.slice(2);
const Loader = how === 'metadata' ? LazyPackageDirectoryLoader : PackageDirectoryLoader;
/** What the threads of the garbage collection need to finish; the process's CPU time includes theirs. */
const SETTLE_MS = 200;

async function main() {
	global.gc();
	await setTimeout(SETTLE_MS);
	const heap = process.memoryUsage().heapUsed;
	const start = process.cpuUsage();
	const loader = new Loader(folder);
	await loader.loadAll();
	const { user, system } = process.cpuUsage(start);
	// n8n keeps the descriptions in a file for the editor.
	loader.releaseTypes();
	global.gc();
	const mb = (process.memoryUsage().heapUsed - heap) / 1e6;
	console.log(JSON.stringify({ ms: (user + system) / 1000, mb, isLazy: loader.isLazyLoaded }));
}

void main();
