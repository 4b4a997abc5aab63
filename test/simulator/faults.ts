import type { Fate, Fault, FaultTarget } from './types';

/** What a fault compares of a request. */
export interface Target {
	on: FaultTarget;
	model?: string;
	taskId?: string;
}

interface Pending {
	fault: Fault;
	skip: number;
	remaining: number;
}

/** The faults that are still to be injected. */
export class Faults {
	private pending: Pending[] = [];

	inject(faults: Fault[]): void {
		this.pending = this.pending.filter(({ remaining }) => remaining > 0);
		for (const fault of faults) {
			const remaining = fault.times === 'always' ? Infinity : (fault.times ?? 1);
			this.pending.push({ fault, skip: fault.skip ?? 0, remaining });
		}
	}

	clear(): void {
		this.pending = [];
	}

	list(): Fault[] {
		return this.pending.filter(({ remaining }) => remaining > 0).map(({ fault }) => fault);
	}

	/** The faults for one request: any number of delays, then at most one other. */
	take(target: Target): { delay: number; fault?: Fault } {
		let delay = 0;
		for (const entry of this.pending.filter(({ fault, remaining }) => remaining > 0 && fits(fault, target))) {
			if (entry.skip > 0) {
				entry.skip--;
				continue;
			}
			entry.remaining--;
			if (entry.fault.kind !== 'slow') return { delay, fault: entry.fault };
			delay += entry.fault.ms;
		}
		return { delay };
	}
}

function fits(fault: Fault, target: Target): boolean {
	return (
		fault.on === target.on &&
		(fault.model === undefined || fault.model === target.model) &&
		(fault.taskId === undefined || fault.taskId === target.taskId)
	);
}

/** The outcome of a task that was created with this fault. */
export function fateOf(fault: Fault | undefined): Fate {
	switch (fault?.kind) {
		case 'fail':
			return {
				end: 'fail',
				failCode: fault.failCode ?? '500',
				failMsg: fault.failMsg ?? 'Internal server error',
				...(fault.flag !== undefined && { flag: fault.flag }),
				...(fault.state !== undefined && { state: fault.state }),
				...(fault.charged && { charged: true }),
			};
		case 'no-result':
			return { end: 'no-result', form: fault.form ?? 'empty-string', lateMs: fault.lateMs };
		case 'bad-result':
		case 'never':
		case 'callback-failed':
			return { end: fault.kind };
		default:
			return { end: 'success' };
	}
}
