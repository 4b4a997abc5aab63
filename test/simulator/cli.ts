import { parseArgs } from 'node:util';
import { startSimulator } from './index';

/** `npm run simulator -- --port 8787`: a Kie on loopback for a real n8n. Every option is also read from KIE_SIM_<NAME>. */

const usage = `Options (or KIE_SIM_PORT, KIE_SIM_TASK_SECONDS, ...):
  --port 8787           the API; uploads have the next port. 0 for any free ports
  --host 127.0.0.1
  --key sim-demo-key    the accepted API key; several separated by commas
  --task-seconds 5      how long a task runs
  --hmac-key <key>      signs callbacks
  --credits 1000        balance at the start
  --rate 20/10          new tasks in seconds, or "off"
  --result-bytes <n>    size of result files
  --lenient             accepts fields that the schemas do not list`;

const { values } = parseArgs({
	options: {
		port: { type: 'string' },
		host: { type: 'string' },
		key: { type: 'string' },
		'task-seconds': { type: 'string' },
		'hmac-key': { type: 'string' },
		credits: { type: 'string' },
		rate: { type: 'string' },
		'result-bytes': { type: 'string' },
		lenient: { type: 'boolean' },
		help: { type: 'boolean' },
	},
});

type Name = 'port' | 'host' | 'key' | 'task-seconds' | 'hmac-key' | 'credits' | 'rate' | 'result-bytes';

const text = (name: Name): string | undefined =>
	values[name] ?? process.env[`KIE_SIM_${name.toUpperCase().replaceAll('-', '_')}`];

function number(name: Name, defaultValue?: number): number | undefined {
	const value = text(name);
	if (value === undefined) return defaultValue;
	if (value === '' || Number.isNaN(Number(value))) throw new Error(`--${name} is not a number: ${value}`);
	return Number(value);
}

function rate(): { limit: number; seconds: number } | false {
	const value = text('rate') ?? '20/10';
	if (value === 'off') return false;
	const [limit = 0, seconds = 0] = value.split('/').map(Number);
	if (!(limit > 0 && seconds > 0)) throw new Error(`--rate is not like 20/10: ${value}`);
	return { limit, seconds };
}

async function main(): Promise<void> {
	if (values.help) return console.log(usage);
	const resultBytes = number('result-bytes');
	const hmacKey = text('hmac-key');
	const simulator = await startSimulator({
		port: number('port', 8787),
		host: text('host') ?? '127.0.0.1',
		apiKeys: (text('key') ?? 'sim-demo-key').split(','),
		taskSeconds: number('task-seconds', 5),
		credits: number('credits', 1000),
		rate: rate(),
		strict: !(values.lenient ?? process.env.KIE_SIM_LENIENT === 'true'),
		...(hmacKey !== undefined && { hmacKey }),
		...(resultBytes !== undefined && { resultBytes }),
	});
	console.log('Enter these in a Kie.ai API credential:');
	console.log(`API key:         ${simulator.apiKey}`);
	console.log(`API Base URL:    ${simulator.url}`);
	console.log(`Upload Base URL: ${simulator.uploadUrl}`);
	const stop = (): void => void simulator.close().then(() => process.exit(0));
	process.on('SIGINT', stop).on('SIGTERM', stop);
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	console.error(usage);
	process.exitCode = 1;
});
