import { randomBytes } from 'node:crypto';

import { type N8n, type N8nProcess, startN8n, startWorker } from './n8n';
import { PROJECT } from './paths';
import { startPostgres, startRedis } from './queue-services';

/** An n8n in queue mode: the main process receives webhooks and shows the editor, the workers run the executions. */
export interface Queue {
	main: N8n;
	/** All that were started, also those that were killed since. */
	workers: N8nProcess[];
	addWorker(): Promise<void>;
	/** Stops everything and removes its folders. */
	stop(): Promise<void>;
}

const WORKERS = 2;

/**
 * Starts Redis, PostgreSQL, the main n8n and two workers, with the built package in each of them, as on separate machines.
 * Needs the programs that `missingServices` names. `env` has further environment variables for every n8n.
 */
export async function startQueue(env: Record<string, string> = {}): Promise<Queue> {
	const stops: Array<() => Promise<void>> = [];
	const stop = async () => {
		for (const end of stops.reverse()) await end();
	};
	const started = <T extends { stop(): Promise<void> }>(part: T): T => {
		stops.push(part.stop);
		return part;
	};
	try {
		const redis = started(await startRedis());
		const postgres = started(await startPostgres());
		const settings = { ...queueSettings(redis.port, postgres.port), ...env };
		// First alone, because it creates the tables.
		const main = started(await startN8n({ packageDir: PROJECT, env: settings }));
		const workers: N8nProcess[] = [];
		const addWorker = async () => {
			workers.push(started(await startWorker({ packageDir: PROJECT, env: { ...settings, ...ofMain(main) } })));
		};
		await Promise.all(Array.from({ length: WORKERS }, addWorker));
		return { main, workers, addWorker, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/** What all parts of one n8n must agree on. */
function queueSettings(redisPort: number, postgresPort: number): Record<string, string> {
	return {
		EXECUTIONS_MODE: 'queue',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redisPort),
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(postgresPort),
		DB_POSTGRESDB_DATABASE: 'postgres',
		DB_POSTGRESDB_USER: 'n8n',
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
		// What is started in the editor runs on a worker too.
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
	};
}

/** What a worker must know of the main process, which has the URL for the outside and writes the users' files. */
function ofMain({ url, filesFolder }: N8n): Record<string, string> {
	return { N8N_WEBHOOK_URL: `${url}/`, N8N_RESTRICT_FILE_ACCESS_TO: filesFolder };
}
