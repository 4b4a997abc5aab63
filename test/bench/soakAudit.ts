import { chunk, countBy } from 'lodash';
import type { ExecutionStatus } from 'n8n-workflow';
import pLimit from 'p-limit';

import type { Execution } from '../e2e/client';
import type { N8n } from '../e2e/n8n';
import { chain, items, manualTrigger } from '../e2e/workflow';
import type { Figure } from './figure';
import type { SoakEntry, SoakTask } from './soakBooks';
import { balance, PLACES } from './soakBooks';
import { UNANSWERED } from './soakFaults';
import { readOutcome } from './soakOutcome';
import type { Soak } from './soakRun';
import { triggerUrl } from './soakRun';
import { ITEMS, LAST, originOf, recovery } from './soakWorkflows';

export const UNDERWAY: ExecutionStatus[] = ['new', 'running', 'waiting', 'unknown'];

/** The executions of a workflow, without the sub-workflows of those that are paused. */
export async function ownExecutions({ client }: N8n, workflowId: string) {
	const executions = await client.listAllExecutions(workflowId);
	return executions.filter(({ mode }) => mode !== 'integrated');
}

async function readExecutions({ client }: N8n, ids: string[]): Promise<Execution[]> {
	const limit = pLimit(4);
	return await Promise.all(ids.map(async (id) => await limit(async () => await client.getExecution(id))));
}

/** Compares what Kie has created with what n8n has returned. */
export async function audit(run: Soak): Promise<Figure[]> {
	const { kie, n8n } = run;
	const tasks = tasksOf(run);
	const runs = await readRuns(run, tasks);
	const loggedTasks = parseLog(run.logs + n8n.logs());
	const places = balance({ ...runs, tasks, loggedIds: new Set(loggedTasks.keys()), deaths: run.deaths });
	for (const [task, place] of places) {
		if (!FAULTY.includes(place)) continue;
		const sinceDeath = run.deaths.map((at) => at - task.createdAt);
		console.log(place, { ...task, hasEnded: runs.endedRuns.has(task.run), sinceDeath });
	}
	const events = await auditTrigger(run, tasks);
	const crashedIds = [...places].flatMap(([{ id }, place]) => (place === DIED ? [id] : []));
	const recovered = await recover(run, [
		...crashedIds.map((taskId) => ({ taskId, api: loggedTasks.get(taskId) })),
		...events.uncalled.map((taskId) => ({ taskId, api: 'market' })),
	]);
	const retried = await retryCrashed(run, runs.crashed);
	const counts = countBy([...places.values()]);
	const figure = (name: string, value: number, bound?: number): Figure => ({ name, value, unit: '', bound });
	return [
		figure('tasks that Kie created', tasks.length),
		...PLACES.map((place) => figure(place, counts[place] ?? 0, FAULTY.includes(place) ? 0 : undefined)),
		figure('items without an outcome', runs.missing, 0),
		figure('items paired with another one', runs.mispaired, 0),
		figure('tasks with a callback: workflow started', events.started),
		figure('tasks with a callback: delivered to an n8n that died', events.died),
		figure('tasks with a callback: not delivered, to be fetched', events.uncalled.length),
		figure('tasks with a callback: delivered, not started', events.lost, 0),
		figure('tasks with a callback: started twice', events.twice, 0),
		figure('fetched with Kie Common', recovered),
		figure('not fetched with Kie Common', crashedIds.length + events.uncalled.length - recovered, 0),
		figure('tasks created again by retries of the executions that died', retried, 0),
		...Object.entries(runs.statuses).map(([status, count]) =>
			figure(`executions: ${status}`, count, UNDERWAY.some((candidate) => candidate === status) ? 0 : undefined),
		),
		figure('creates refused, or taken with a faulty response', kie.creates().length - kie.tasks.size),
	];
}

/** What Kie has created for the items of the soak. */
function tasksOf({ kie }: Soak): SoakTask[] {
	return [...kie.tasks.values()].flatMap((task): SoakTask[] => {
		const origin = originOf(task.input.prompt);
		const { id, createFault: fault, createdAt } = task;
		const unanswered = fault !== undefined && UNANSWERED.includes(fault);
		return origin ? [{ ...origin, id, failed: task.state === 'fail', fault, unanswered, createdAt }] : [];
	});
}

/** The outcomes of the executions of all workflows; `statuses`: how many have each. */
async function readRuns({ n8n, workflows }: Soak, tasks: SoakTask[]) {
	const tasksById = new Map(tasks.map((task) => [task.id, task]));
	const entries: SoakEntry[] = [];
	const [statuses, crashed]: [string[], string[]] = [[], []];
	const [endedRuns, retriedRuns] = [new Set<string>(), new Set<string>()];
	let missing = 0;
	for (const [workflow, { id: workflowId }] of workflows) {
		const listed = await ownExecutions(n8n, workflowId);
		const idsOf = (...states: string[]) => listed.flatMap(({ id, status }) => (states.includes(status) ? [id] : []));
		statuses.push(...listed.map(({ status }) => status));
		crashed.push(...idsOf('crashed'));
		for (const execution of await readExecutions(n8n, idsOf('success', 'error'))) {
			const outcome = readOutcome(workflow, execution, tasksById);
			if (!outcome) continue;
			entries.push(...outcome.entries);
			endedRuns.add(outcome.run);
			missing += outcome.missing;
			if (workflow.nodes.some(({ retryOnFail }) => retryOnFail)) retriedRuns.add(outcome.run);
		}
	}
	const mispaired = entries.filter(({ taskId = '', item }) => (tasksById.get(taskId)?.item ?? item) !== item).length;
	return { entries, endedRuns, retriedRuns, missing, mispaired, crashed, statuses: countBy(statuses) };
}

const DIED = 'of an execution that died with n8n: in its log';
const FAULTY: string[] = ['lost', 'twice'];

/** Retries executions as in the editor, and returns how many existing tasks were created again. */
async function retryCrashed({ n8n, kie }: Soak, ids: string[]): Promise<number> {
	const itemOf = (prompt: unknown) => /#\S+/.exec(String(prompt))?.[0] ?? '';
	const earlierTasks = [...kie.tasks.values()];
	const existingItems = new Set(earlierTasks.map(({ input }) => itemOf(input.prompt)));
	const limit = pLimit(5);
	await Promise.all(
		ids.map((id) =>
			limit(async () => {
				// n8n only retries executions whose start it has stored.
				const retried = await n8n.client.retryExecution(id).catch(() => undefined);
				if (retried !== undefined) await n8n.client.waitForExecution(retried, 10 * 60_000);
			}),
		),
	);
	return [...kie.tasks.values()]
		.slice(earlierTasks.length)
		.filter(({ input }) => existingItems.has(itemOf(input.prompt))).length;
}

/** The IDs of the tasks in the log of n8n, with their API. */
function parseLog(log: string): Map<string, string> {
	return new Map(
		[...log.matchAll(/Kie: created Task (\S+) \(API ([\w-]+)/g)].map(([, id = '', api = '']) => [id, api]),
	);
}

/** How often the tasks that were created with a callback have started the workflow of Kie Trigger. */
async function auditTrigger(run: Soak, tasks: SoakTask[]) {
	const listed = await ownExecutions(run.n8n, run.trigger.id);
	const succeeded = listed.filter(({ status }) => status === 'success');
	const executions = await readExecutions(
		run.n8n,
		succeeded.map(({ id }) => id),
	);
	const starts = countBy(
		executions.map(({ data }) => data.resultData.runData[LAST]?.[0]?.data?.main?.[0]?.[0]?.json.taskId),
	);
	const outcomes = tasks.flatMap(({ id }) => {
		const task = run.kie.tasks.get(id);
		if (task?.callBackUrl !== triggerUrl(run.n8n) || task.state === 'running') return [];
		const isDelivered = run.repeated.has(id) || task.deliveries.some(({ status }) => status === 200);
		return [{ id, count: starts[id] ?? 0, isDelivered }];
	});
	const unstarted = outcomes.filter(({ count, isDelivered }) => count === 0 && isDelivered);
	const crashedCount = Math.min(unstarted.length, listed.length - succeeded.length);
	return {
		started: outcomes.filter(({ count }) => count === 1).length,
		twice: outcomes.filter(({ count }) => count > 1).length,
		died: crashedCount,
		lost: unstarted.length - crashedCount,
		uncalled: outcomes.filter(({ count, isDelivered }) => count === 0 && !isDelivered).map(({ id }) => id),
	};
}

/** Gets tasks by their IDs and returns how many were found. */
async function recover(
	{ n8n, account }: Soak,
	tasks: Array<{ taskId: string; api: string | undefined }>,
): Promise<number> {
	let recovered = 0;
	for (const batch of chunk(tasks, 50)) {
		const node = { ...recovery(), credentials: { kieAiApi: account } };
		const workflow = await n8n.client.createWorkflow(chain('Recovery', [manualTrigger(), items(ITEMS, batch), node]));
		const execution = await n8n.client.runWorkflow(workflow, {}, 180_000);
		const outputs = execution.data.resultData.runData[LAST]?.at(-1)?.data?.main ?? [];
		recovered += new Set(outputs.flatMap((output) => (output ?? []).map(({ json }) => json.taskId))).size;
	}
	return recovered;
}
