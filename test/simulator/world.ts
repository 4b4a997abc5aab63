import { randomBytes } from 'node:crypto';
import { Faults } from './faults';
import { servedModels } from './models';
import { RateWindow } from './rates';
import type { RecordedRequest, ServedModel, SimTask, SimulatorOptions, UploadedFile } from './types';
import { type Check, compileModel } from './validate';

export interface MarketModel extends ServedModel {
	check: Check;
}

/** The state of the simulator. */
export class World {
	/** URL of the server; known once it listens. */
	url = '';
	readonly apiKeys: string[];
	readonly strict: boolean;
	readonly checkMedia: boolean;
	readonly models: Map<string, MarketModel>;
	readonly requests: RecordedRequest[] = [];
	readonly tasks = new Map<string, SimTask>();
	/** By path in the store. */
	readonly uploads = new Map<string, UploadedFile>();
	/** Download links: token to the file's path and the time (ms) when the link expires. */
	readonly links = new Map<string, { path: string; until: number }>();
	/** Ids of the tracks that have a persona. */
	readonly personas = new Set<string>();
	readonly faults = new Faults();
	readonly timers = new Set<NodeJS.Timeout>();
	closed = false;
	balance = 0;
	creates!: RateWindow;
	marketReads!: RateWindow;
	gpt4oReads!: RateWindow;
	sunoReads!: RateWindow;
	liveReads!: RateWindow;

	constructor(readonly options: SimulatorOptions) {
		this.apiKeys = options.apiKeys ?? [`sim-${randomBytes(12).toString('hex')}`];
		this.strict = options.strict ?? true;
		this.checkMedia = options.checkMedia ?? true;
		const served = options.models ?? servedModels;
		this.models = new Map(
			served.map((entry) => [entry.model.id, { ...entry, check: compileModel(entry.model, this.strict) }]),
		);
		this.reset();
	}

	reset(): void {
		this.stop();
		this.requests.length = 0;
		this.tasks.clear();
		this.uploads.clear();
		this.links.clear();
		this.personas.clear();
		this.faults.clear();
		this.balance = this.options.credits ?? 1000;
		const { rate = { limit: 20, seconds: 10 }, readRates = true } = this.options;
		this.creates = new RateWindow(rate ? rate.limit : Infinity, rate ? rate.seconds : 0);
		this.marketReads = new RateWindow(readRates ? 10 : Infinity, 1);
		this.gpt4oReads = new RateWindow(readRates ? 3 : Infinity, 1);
		this.sunoReads = new RateWindow(readRates ? 3 : Infinity, 1);
		this.liveReads = new RateWindow(readRates ? 1 : Infinity, 1);
	}

	/** Stops all tasks. */
	stop(): void {
		for (const timer of this.timers) clearTimeout(timer);
		this.timers.clear();
	}

	/** Runs something later, unless the simulator is reset or closed before. */
	later(ms: number, run: () => void): void {
		const timer = setTimeout(() => {
			this.timers.delete(timer);
			run();
		}, ms);
		this.timers.add(timer);
	}

	secondsFor(model: string, input: SimTask['input']): number {
		const { taskSeconds = 1 } = this.options;
		return typeof taskSeconds === 'function' ? taskSeconds(model, input) : taskSeconds;
	}
}
