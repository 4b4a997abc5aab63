import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { PROJECT } from '../e2e/paths';

/** A deliberate fault in a copy of the sources. */
export interface Mutation {
	/** What the fault causes. */
	name: string;
	file: string;
	/** Occurs exactly once in the file. */
	search: string;
	replacement: string;
	/** The test files that have to fail. */
	tests: string[];
	/** Runs only the tests whose names contain this, if the file takes long. */
	only?: string;
}

/** Faults in all parts, each of which would cost users money or results, or show them something wrong. */
export const mutations: Mutation[] = [
	{
		name: 'a field of the form is missing in the body',
		file: 'nodes/shared/form/body.ts',
		search: 'if (!isUnset(typed)) body[name] = typed;',
		replacement: "if (!isUnset(typed) && name !== 'aspect_ratio') body[name] = typed;",
		tests: ['test/nodes/form.test'],
	},
	{
		name: 'a text longer than its maximum is accepted',
		file: 'nodes/shared/form/schemaIssues.ts',
		search: 'length > maxLength &&',
		replacement: 'length > maxLength * 2 &&',
		tests: ['test/unit/schema-issues.test'],
	},
	{
		name: 'a number beyond its maximum is accepted',
		file: 'nodes/shared/form/schemaIssues.ts',
		search: 'value > maximum &&',
		replacement: 'value > maximum * 2 &&',
		tests: ['test/unit/schema-issues.test'],
	},
	{
		name: 'a list longer than its maximum is accepted',
		file: 'nodes/shared/form/schemaIssues.ts',
		search: 'value.length > maxItems &&',
		replacement: 'value.length > maxItems + 1 &&',
		tests: ['test/unit/schema-issues.test'],
	},
	{
		name: 'a create is repeated after the connection was lost',
		file: 'nodes/shared/api/retry.ts',
		search: "if (failure.kind === 'notSent') return",
		replacement: "if (failure.kind === 'notSent' || failure.kind === 'connectionLost') return",
		tests: ['test/nodes/create-faults.test'],
	},
	{
		name: 'a create that reaches the rate limit is not repeated',
		file: 'nodes/shared/api/request.ts',
		search: 'if (limiter && isRefusedForRate(response)) {',
		replacement: 'if (limiter && isRefusedForRate(response) && attempt < 0) {',
		tests: ['test/nodes/create-faults.test'],
		only: 'reaches the rate limit',
	},
	{
		name: 'a request that reaches the rate limit is not repeated',
		file: 'nodes/shared/api/retry.ts',
		search: "if (failure.kind === 'rateLimited') return RATE_LIMITED_DELAYS_MS;",
		replacement: "if (failure.kind === 'rateLimited') return [];",
		tests: ['test/unit/retry.test'],
	},
	{
		name: 'creates exceed the rate limit',
		file: 'nodes/shared/api/rateLimit.ts',
		search: 'return Math.max(free, notBefore);',
		replacement: 'return Math.max(Math.min(free, now), notBefore);',
		tests: ['test/nodes/endings.test', 'test/unit/pace.test'],
	},
	{
		name: 'an error contains the API key',
		file: 'nodes/shared/api/account.ts',
		search: 'if (!text?.includes(key)) return content;',
		replacement: 'if (text !== key) return content;',
		tests: ['test/nodes/secrets.test'],
	},
	{
		name: 'a failed task is returned as a success',
		file: 'nodes/shared/run/finishTask.ts',
		search: "if (done.status.state !== 'fail') return await",
		replacement: "if (done.status.state !== 'fail' || item.itemIndex >= 0) return await",
		tests: ['test/nodes/outcomes.test', 'test/nodes/batch-faults.test'],
	},
	{
		name: 'a success without a result counts as a success',
		file: 'nodes/shared/adapters/taskStatus.ts',
		search: "if (rest.state === 'success' && hasResult)",
		replacement: "if (rest.state === 'success')",
		tests: ['test/nodes/steadiness.test', 'test/nodes/waiting-faults.test'],
	},
	{
		name: 'items are returned in another order',
		file: 'nodes/shared/run/runItems.ts',
		search: '	return results;',
		replacement: '	return [...results].reverse();',
		tests: ['test/nodes/outcomes.test'],
	},
	{
		name: 'an output item is not paired with its input item',
		file: 'nodes/shared/run/runItems.ts',
		search: 'return result.items.map((item) => ({ ...item, pairedItem }));',
		replacement: 'return result.items;',
		tests: ['test/nodes/outcomes.test'],
	},
	{
		name: 'a canceled run continues polling',
		file: 'nodes/shared/tasks/pollTask.ts',
		search: "if (!(await sleepUntil(dueAt, signal))) return { kind: 'cancelled' };",
		replacement: 'await sleepUntil(dueAt, new AbortController().signal);',
		tests: ['test/nodes/endings.test'],
	},
	{
		name: 'nothing is learnt from completed tasks',
		file: 'nodes/shared/tasks/taskKind.ts',
		search: 'this.durations.push(durationMs);',
		replacement: 'void durationMs;',
		tests: ['test/unit/waiting.test'],
	},
	{
		name: 'reads are not slowed down at the rate limit',
		file: 'nodes/shared/api/readRate.ts',
		search: 'perSecond: Math.max(rate / 2, SLOWEST)',
		replacement: 'perSecond: Math.max(rate, SLOWEST)',
		tests: ['test/unit/waiting.test'],
	},
	{
		name: 'a task is given up after one failed read',
		file: 'nodes/shared/tasks/taskWatch.ts',
		search: 'const MAX_REFUSALS = 3;',
		replacement: 'const MAX_REFUSALS = 1;',
		tests: ['test/nodes/waiting-faults.test'],
	},
	{
		name: 'Retry On Fail forgets the tasks of the first try',
		file: 'nodes/shared/run/createOnce.ts',
		search: "		case 'created':\n			return { ...earlier, isOld: true };",
		replacement: '',
		tests: ['test/nodes/endings.test', 'test/nodes/batch-faults.test'],
	},
	{
		name: 'an empty file is accepted',
		file: 'nodes/shared/media/downloadFile.ts',
		search: "if (size === 0) return failed('the file is empty');",
		replacement: '',
		tests: ['test/nodes/file-faults.test'],
	},
	{
		name: 'a callback is trusted without reading its task',
		file: 'nodes/KieTrigger/receiveCallback.ts',
		search: 'const confirmation = parameters.confirm',
		replacement: 'const confirmation = parameters.confirm && callback.taskId === ""',
		tests: ['test/nodes/trigger.test'],
	},
	{
		name: 'a wrong signature is accepted',
		file: 'nodes/shared/callbacks/signature.ts',
		search: '!timingSafeEqual(actual, expected)',
		replacement: 'false',
		tests: ['test/unit/callbacks.test'],
	},
	{
		name: 'an old signature is accepted',
		file: 'nodes/shared/callbacks/signature.ts',
		search: 'return ageSeconds <= maxAgeSeconds ?',
		replacement: 'return ageSeconds > 0 ?',
		tests: ['test/unit/callbacks.test'],
	},
	{
		name: 'a repeated callback starts the workflow again',
		file: 'nodes/shared/callbacks/processedEvents.ts',
		search: 'has: (event) => events.times.has(keyOf(event)),',
		replacement: 'has: (event) => events.times.has(event),',
		tests: ['test/nodes/trigger.test'],
	},
	{
		name: 'an early callback of Suno is confirmed by any progress',
		file: 'nodes/shared/callbacks/confirmTask.ts',
		search: "(event === 'progress' && task.milestone === milestone)",
		replacement: "event === 'progress'",
		tests: ['test/nodes/trigger.test'],
	},
	{
		name: 'a song is complete with its first milestone',
		file: 'nodes/shared/tasks/readTask.ts',
		search: 'status: adapter.parseRecord(result.record, milestone)',
		replacement: "status: adapter.parseRecord(result.record, 'text')",
		tests: ['test/nodes/suno.test'],
	},
	{
		name: 'a truncated chat reply is returned as complete',
		file: 'nodes/shared/chat/readReply.ts',
		search: '		if (!collector.isComplete())\n',
		replacement: '		if (interruption && !collector.isComplete())\n',
		tests: ['test/nodes/chat.test'],
	},
	{
		name: 'a result that comes late is a failure',
		file: 'nodes/shared/tasks/taskWatch.ts',
		search: 'export const RESULT_GRACE_MS = 60_000;',
		replacement: 'export const RESULT_GRACE_MS = 0;',
		tests: ['test/nodes/late-results.test'],
	},
	{
		name: 'a success without a result is created again by Retry On Fail',
		file: 'nodes/shared/run/waitForTask.ts',
		search: "return { kind: 'failed', task, error: waitError(batch.context, task, polled, limitMs, job.itemIndex) };",
		replacement:
			"if (job.kind === 'create') batch.memory.forget(job.itemIndex, job.body);\n	return { kind: 'failed', task, error: waitError(batch.context, task, polled, limitMs, job.itemIndex) };",
		tests: ['test/nodes/late-results.test'],
	},
	{
		name: 'a create that reaches the rate limit is given up after 10 seconds',
		file: 'nodes/shared/api/request.ts',
		search: 'Date.now() - refusedAt >= rateLimitedMs',
		replacement: 'Date.now() - refusedAt >= 10_000',
		tests: ['test/nodes/batch-faults.test', 'test/nodes/create-faults.test'],
	},
	{
		name: 'a process does not slow down for others at the rate limit',
		file: 'nodes/shared/api/rateLimit.ts',
		search: 'const DECREASE = 0.75;',
		replacement: 'const DECREASE = 1;',
		tests: ['test/unit/pace.test'],
	},
	{
		name: 'only one event survives a restart of n8n',
		file: 'nodes/KieTrigger/receiveCallback.ts',
		search: 'void storeUntilAnswered(events, context.getResponseObject());',
		replacement: 'events.store();',
		tests: ['test/nodes/trigger.test'],
	},
	{
		name: 'a forged callback causes a read of every API',
		file: 'nodes/shared/callbacks/confirmTask.ts',
		search: 'const MAX_UNKNOWN = 2;',
		replacement: 'const MAX_UNKNOWN = 20;',
		tests: ['test/nodes/trigger.test'],
	},
	{
		name: 'forged callbacks cause reads without a limit',
		file: 'nodes/shared/callbacks/unknownTasks.ts',
		search: 'return misses.rounds.length >= MAX_ROUNDS;',
		replacement: 'return false;',
		tests: ['test/nodes/trigger.test'],
	},
	{
		name: 'a web page takes quadratic time',
		file: 'nodes/shared/api/response.ts',
		search: '.replace(/<[^<>]*>/g',
		replacement: '.replace(/<[^>]*>/g',
		tests: ['test/unit/linear.test'],
	},
	{
		name: 'a list of files takes quadratic time',
		file: 'nodes/shared/media/references.ts',
		search: '.split(/[\\r\\n]|,(?=\\s|[a-z][a-z0-9+.-]*:\\/\\/)/i)',
		replacement: '.split(/\\s*[\\r\\n]\\s*|\\s*,(?=\\s|[a-z][a-z0-9+.-]*:\\/\\/)/i)',
		tests: ['test/unit/linear.test'],
	},
	{
		name: 'a retry of a crashed execution starts over',
		file: 'nodes/shared/run/retriedExecution.ts',
		search: "if (context.getMode() !== 'retry' || hasContext) return false;",
		replacement: 'if (context.getNode()) return false;',
		tests: ['test/nodes/chat-runs.test'],
		only: 'retry of an execution',
	},
	{
		name: 'a retry from the beginning starts over',
		file: 'nodes/shared/run/retriedExecution.ts',
		search: "return get(context, [...firstItem, 'isArtificialRecoveredEventItem']) === true;",
		replacement: "return get(context, [...firstItem, 'isArtificialRecoveredEventItem']) === 'true';",
		tests: ['test/nodes/chat-runs.test'],
		only: 'retry of an execution',
	},
	{
		name: 'a name from a response reads a prototype',
		file: 'nodes/shared/json.ts',
		search: 'return Object.hasOwn(object, name) ? object[name] : undefined;',
		replacement: 'return object[name];',
		tests: ['test/unit/callbacks.test', 'test/unit/chat-protocols.test', 'test/nodes/common-files.test'],
	},
	{
		name: 'a slow download never ends',
		file: 'nodes/shared/media/downloadFile.ts',
		search: 'if (isLate || isOutOfTime(progress)) return stop.abort(TOO_SLOW);',
		replacement: '',
		tests: ['test/nodes/file-faults.test'],
		only: 'byte by byte is given up',
	},
	{
		name: 'lost checks of a paused execution are noticed late',
		file: 'nodes/shared/suspend/pauseSchedule.ts',
		search: 'const GRACE_MS = 2 * 60_000;',
		replacement: 'const GRACE_MS = 5 * 60_000;',
		tests: ['test/nodes/pausing.test'],
	},
	{
		name: 'lost checks of a paused execution are not restarted at once',
		file: 'nodes/shared/suspend/pausedSteps.ts',
		search: 'const pauseMs = run.losses ? 0 : pauseOf(run);',
		replacement: 'const pauseMs = pauseOf(run);',
		tests: ['test/nodes/pausing.test'],
	},
	{
		name: 'a file may be larger than the maximum',
		file: 'nodes/shared/media/downloadFile.ts',
		search: 'if (receivedBytes > maxBytes) stop.abort(TOO_LARGE);',
		replacement: '',
		tests: ['test/nodes/file-faults.test'],
	},
	{
		name: 'a reason is returned however long it is',
		file: 'nodes/shared/adapters/taskStatus.ts',
		search: 'reason: shorten(reason, REASON_LENGTH) }',
		replacement: 'reason }',
		tests: ['test/nodes/hostile-answers.test'],
	},
	{
		name: 'a result at a private address is requested',
		file: 'nodes/shared/media/openUrl.ts',
		search: 'if (!allowsPrivate && isPrivateAddress(target))',
		replacement: 'if (!allowsPrivate && isPrivateAddress(target) && target === "")',
		tests: ['test/nodes/hostile-answers.test'],
	},
	{
		name: 'a redirect to a private address is followed',
		file: 'nodes/shared/media/openUrl.ts',
		search: 'if (!allowsPrivate && isPrivateAddress(target))',
		replacement: 'if (!allowsPrivate && isPrivateAddress(url))',
		tests: ['test/nodes/hostile-answers.test'],
	},
	{
		name: 'a file name keeps characters with a meaning',
		file: 'nodes/shared/media/safeName.ts',
		search: ".replace(SPECIAL, '_')",
		replacement: '',
		tests: ['test/unit/safe-name.test', 'test/nodes/hostile-answers.test'],
	},
	{
		name: 'an input file may be at a metadata address',
		file: 'nodes/shared/media/inputUrl.ts',
		search: ' && !isMetadataAddress(url)',
		replacement: '',
		tests: ['test/nodes/hostile-answers.test', 'test/nodes/common-files.test'],
	},
	{
		name: 'a chat model accepts any URL',
		file: 'nodes/KieChatModel/kieChatModel.ts',
		search: ' ?? urlIssue(withoutUploads)',
		replacement: '',
		tests: ['test/nodes/chat-model.test'],
		only: 'cannot get from the web',
	},
	{
		name: 'the API key is in a reply of a chat model',
		file: 'nodes/shared/chat/sendChat.ts',
		search: 'const result = withoutKey(withinTokenLimit(sent, request), apiKey);',
		replacement: 'const result = withinTokenLimit(sent, request);',
		tests: ['test/nodes/chat-runs.test'],
	},
	{
		name: 'the API key is in a streamed reply',
		file: 'nodes/shared/chat/sendChat.ts',
		search: 'onDelta: deltas?.push }',
		replacement: 'onDelta: options.onDelta }',
		tests: ['test/nodes/chat-runs.test'],
	},
	{
		name: 'the API key is in a callback that is not confirmed',
		file: 'nodes/KieTrigger/receiveCallback.ts',
		search: 'const body = withoutKey(request.body, account.apiKey);',
		replacement: 'const { body } = request;',
		tests: ['test/nodes/trigger.test'],
	},
	{
		name: 'a number option has no limits for expressions',
		file: 'nodes/shared/form/numberRange.ts',
		search: 'number >= minValue && number <= maxValue',
		replacement: 'number >= minValue',
		tests: ['test/nodes/number-options.test'],
	},
	{
		name: 'a circular reference is an error without a name',
		file: 'nodes/shared/run/circularParameter.ts',
		search: 'if (!isCircular(error)) return undefined;',
		replacement: 'if (isCircular(error)) return undefined;',
		tests: ['test/nodes/circular.test'],
	},
	{
		name: 'a model ID changes the path of a request',
		file: 'nodes/shared/live/liveCatalogue.ts',
		search: 'if (MODEL_ID.test(id)) return id;',
		replacement: 'return id;',
		tests: ['test/nodes/hostile-answers.test'],
	},
	{
		name: 'each callback of a burst decrypts the credential again',
		file: 'nodes/shared/api/account.ts',
		search: 'if (recent !== undefined && Date.now() < recent.until) return await recent.account;',
		replacement: '',
		tests: ['test/nodes/trigger.test'],
		only: 'reads the credential once',
	},
	{
		name: 'a fallback model runs again in the next try',
		file: 'nodes/shared/run/runJobs.ts',
		search: '	fallbacks.remember(itemIndex, { fallbackFor }, body);\n',
		replacement: '',
		tests: ['test/nodes/fallback.test'],
	},
	{
		name: 'a fallback model takes over twice for an item',
		file: 'nodes/shared/run/runJobs.ts',
		search: '	if (fallbacks.recall(itemIndex, body)) return first;\n',
		replacement: '',
		tests: ['test/nodes/fallback.test'],
	},
	{
		name: 'a fallback model takes over when the input is at fault',
		file: 'nodes/shared/run/fallback.ts',
		search: '	if (ABOUT_INPUT.test(`${code} ${reason}`)) return false;\n',
		replacement: '',
		tests: ['test/nodes/fallback.test'],
	},
	{
		name: 'a fallback model takes over from a task that may have been created',
		file: 'nodes/shared/run/createOnce.ts',
		search: 'if (mayHaveBeenAccepted(failure)) {',
		replacement: 'if (mayHaveBeenAccepted(failure) && !job.fallback) {',
		tests: ['test/nodes/fallback.test'],
	},
	{
		name: 'the spending limits are not checked',
		file: 'nodes/shared/run/createOnce.ts',
		search: "	if (admission.kind !== 'admitted') return admission;\n",
		replacement: '',
		tests: ['test/nodes/spending.test'],
	},
	{
		name: 'a run creates one task more than Maximum Tasks per Run',
		file: 'nodes/shared/run/spendingLimits.ts',
		search: 'tasks >= maxTasks',
		replacement: 'tasks > maxTasks',
		tests: ['test/nodes/spending.test'],
	},
	{
		name: 'Minimum Balance is not compared with the balance',
		file: 'nodes/shared/run/spendingLimits.ts',
		search: 'read.credits >= minimumBalance',
		replacement: 'read.credits >= 0',
		tests: ['test/nodes/spending.test'],
	},
	{
		name: 'Maximum Credits ignores the tasks that are still running',
		file: 'nodes/shared/run/spending.ts',
		search: 'spent + costOfRunning(spending, Infinity) + price <= maxCredits',
		replacement: 'spent + price <= maxCredits',
		tests: ['test/unit/spending.test'],
	},
	{
		name: 'Maximum Credits forgets what earlier tries have cost',
		file: 'nodes/shared/run/spendingLimits.ts',
		search: '		memory.remember(costs.size, { taskId, ...cost });\n',
		replacement: '',
		tests: ['test/nodes/spending.test'],
	},
	{
		name: 'a lifted limit is not looked for in the live schema',
		file: 'nodes/shared/run/liftedLimits.ts',
		search: 'if (fields.length === 0 ||',
		replacement: 'if (fields.length >= 0 ||',
		tests: ['test/nodes/lifted-limits.test'],
	},
	{
		name: 'a value that the live schema rejects is sent',
		file: 'nodes/shared/run/liftedLimits.ts',
		search: 'isLimitOfField(issue) && accepted.includes(issue.field)',
		replacement: 'isLimitOfField(issue)',
		tests: ['test/nodes/lifted-limits.test'],
	},
	{
		name: 'a shared parameter is sent under its own name',
		file: 'nodes/shared/form/body.ts',
		search: 'return [name, rest.length > 0 ? [first, ...rest] : first];',
		replacement: 'return [parameters[0] ?? name, rest.length > 0 ? [first, ...rest] : first];',
		tests: ['test/nodes/form-values.test'],
	},
	{
		name: 'a shared choice is sent in the words of the form',
		file: 'nodes/shared/form/body.ts',
		search: 'return ownChoice(shared, schema, value) ?? value;',
		replacement: 'return value;',
		tests: ['test/nodes/form-values.test'],
	},
	{
		name: 'tasks of different settings share their durations',
		file: 'nodes/shared/tasks/taskKinds.ts',
		search: 'return JSON.stringify([api, model, milestone, settings]);',
		replacement: 'return JSON.stringify([api, model, milestone]);',
		tests: ['test/unit/waiting.test'],
	},
	{
		name: 'a plan of reads is not renewed by a completed task',
		file: 'nodes/shared/tasks/taskKind.ts',
		search: '		else this.durations[random(MAX_DURATIONS - 1)] = durationMs;\n		this.plan = undefined;\n',
		replacement: '		else this.durations[random(MAX_DURATIONS - 1)] = durationMs;\n',
		tests: ['test/unit/waiting.test'],
	},
	{
		name: 'a callback is confirmed by a record without a result',
		file: 'nodes/shared/callbacks/confirmTask.ts',
		search: "isSame && !task.lacksResult ? 'confirmed'",
		replacement: "isSame ? 'confirmed'",
		tests: ['test/nodes/trigger.test'],
	},
	{
		name: 'an event is forgotten although its workflow has started',
		file: 'nodes/KieTrigger/receiveCallback.ts',
		search: 'if (response.statusCode !== 200) events.forget(event);',
		replacement: 'events.forget(event);',
		tests: ['test/nodes/trigger.test'],
	},
	{
		name: 'an event is kept although its workflow did not start',
		file: 'nodes/KieTrigger/receiveCallback.ts',
		search: 'if (response.statusCode !== 200) events.forget(event);',
		replacement: '',
		tests: ['test/nodes/trigger.test'],
	},
	{
		name: 'deliveries of an event at the same moment all start the workflow',
		file: 'nodes/KieTrigger/receiveCallback.ts',
		search: 'const first = inFlight.get(key);',
		replacement: 'const first = inFlight.get(`${key}?`);',
		tests: ['test/nodes/trigger.test'],
	},
	{
		name: 'a paused execution completes with its first task',
		file: 'nodes/shared/suspend/pausedSteps.ts',
		search: 'else if (!tasks.some(isWaiting))',
		replacement: 'else if (!tasks.every(isWaiting))',
		tests: ['test/nodes/pausing.test'],
	},
	{
		name: 'a failure in a paused execution does not stop it',
		file: 'nodes/shared/suspend/pausedSteps.ts',
		search: 'if (run.stopsOnFailure && tasks.some(hasFailed))',
		replacement: 'if (run.stopsOnFailure && tasks.every(hasFailed))',
		tests: ['test/nodes/pausing.test'],
	},
	{
		name: 'a paused execution that failed returns items',
		file: 'nodes/shared/suspend/pausedSteps.ts',
		search: "		if (end?.kind === 'error') throw apiError(context.getNode(), end);\n",
		replacement: '',
		tests: ['test/nodes/pausing.test'],
	},
	{
		name: 'a second round of checks starts while files are downloaded',
		file: 'nodes/shared/suspend/pausedSteps.ts',
		search: 'if (!inProgress.has(execution.executionId)) {',
		replacement: "if (execution.executionId !== '') {",
		tests: ['test/nodes/pausing.test'],
	},
	{
		name: 'checks of a paused execution that fail to start leave it waiting',
		file: 'nodes/shared/suspend/pausedSteps.ts',
		search: 'return [{ json: { run: { ...run, end: await loseRun(context, run) } } }];',
		replacement: '',
		tests: ['test/nodes/pausing.test'],
	},
	{
		name: 'a paused execution forgets its time limit',
		file: 'nodes/shared/suspend/pausedSteps.ts',
		search: 'Math.min(Date.now() + pauseMs, ...deadlines)',
		replacement: 'Date.now() + pauseMs',
		tests: ['test/nodes/pausing.test'],
	},
];

/** What no longer fits the sources: a search text that its file does not have exactly once, or a test that does not exist. */
export function outdated(selected: Mutation[]): string[] {
	return selected.flatMap(({ name, file, search, tests, only = '' }) => {
		const count = read(file).split(search).length - 1;
		const missing = tests.filter((test) => {
			const text = read(`${test}.ts`);
			return text === '' || !text.includes(only);
		});
		return [
			...(count === 1 ? [] : [`${name}: ${file} has its search text ${count} times`]),
			...missing.map((test) => `${name}: ${test} does not exist or has no test for it`),
		];
	});
}

function read(path: string): string {
	const absolute = join(PROJECT, path);
	return existsSync(absolute) ? readFileSync(absolute, 'utf8') : '';
}
