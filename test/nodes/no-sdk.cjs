/** Loaded first, this hides n8n's AI node SDK, as in an n8n that does not bring it. */
const Module = require('node:module');

const { _resolveFilename: resolve } = Module;

Module._resolveFilename = function (request, ...rest) {
	if (request !== '@n8n/ai-node-sdk') return resolve.call(this, request, ...rest);
	throw Object.assign(new Error(`Cannot find module '${request}'`), { code: 'MODULE_NOT_FOUND' });
};
