/** A mistake to be put into the sources. */
export interface Mutation {
	/** What is wrong then. */
	name: string;
	file: string;
	/** Occurs exactly once in the file. */
	search: string;
	replacement: string;
	/** The tests that have to notice, as jest takes them. */
	tests: string[];
}

/** Mistakes in all parts, each of which would cost users money or results, or show them something wrong. */
export const mutations: Mutation[] = [
	{
		name: 'a field of the form is missing in the body',
		file: 'nodes/shared/form/body.ts',
		search: 'if (!isUnset(typed)) body[name] = typed;',
		replacement: "if (!isUnset(typed) && name !== 'aspect_ratio') body[name] = typed;",
		tests: ['test/nodes/form.test'],
	},
	{
		name: 'a limit is not checked',
		file: 'nodes/shared/form/schemaIssues.ts',
		search: 'length > maxLength &&',
		replacement: 'length > maxLength * 2 &&',
		tests: ['test/nodes/form.test', 'test/nodes/suno.test'],
	},
	{
		name: 'a create is repeated after a lost connection',
		file: 'nodes/shared/api/retry.ts',
		search: "if (failure.kind === 'notSent') return",
		replacement: "if (failure.kind === 'notSent' || failure.kind === 'connectionLost') return",
		tests: ['test/nodes/create-faults.test'],
	},
	{
		name: 'a rate limit response counts as a failure',
		file: 'nodes/shared/api/retry.ts',
		search: "if (failure.kind === 'rateLimited') return RATE_LIMITED_DELAYS_MS;",
		replacement: "if (failure.kind === 'rateLimited') return [];",
		tests: ['test/nodes/create-faults.test'],
	},
	{
		name: 'the rate of creates is not kept',
		file: 'nodes/shared/api/rateLimit.ts',
		search: 'return Math.max(free, notBefore);',
		replacement: 'return Math.max(Math.min(free, now), notBefore);',
		tests: ['test/nodes/endings.test', 'test/unit/pace.test'],
	},
	{
		name: 'the API key is in an error',
		file: 'nodes/shared/api/account.ts',
		search: "reason: failure.reason.replaceAll(apiKey, '…')",
		replacement: 'reason: failure.reason',
		tests: ['test/nodes/secrets.test'],
	},
	{
		name: 'a failed task comes out as done',
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
		name: 'items come out in another order',
		file: 'nodes/shared/run/runItems.ts',
		search: '	return results.flatMap((result, itemIndex) => {',
		replacement: '	return [...results].reverse().flatMap((result, itemIndex) => {',
		tests: ['test/nodes/outcomes.test'],
	},
	{
		name: 'an item does not say which input it comes from',
		file: 'nodes/shared/run/runItems.ts',
		search: 'return result.items.map((item) => ({ ...item, pairedItem }));',
		replacement: 'return result.items;',
		tests: ['test/nodes/outcomes.test'],
	},
	{
		name: 'a canceled run goes on',
		file: 'nodes/shared/tasks/pollTask.ts',
		search: "if (!(await sleepFor(delay, signal))) return { kind: 'cancelled' };",
		replacement: 'await sleepFor(delay);',
		tests: ['test/nodes/endings.test'],
	},
	{
		name: 'a task whose reading fails once is given up',
		file: 'nodes/shared/tasks/pollTask.ts',
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
		name: 'a truncated file is accepted',
		file: 'nodes/shared/media/downloadFile.ts',
		search: "if (size < expected) return failed('the file is incomplete');",
		replacement: '',
		tests: ['test/nodes/file-faults.test'],
	},
	{
		name: 'a callback is believed without a look at Kie.ai',
		file: 'nodes/KieTrigger/receiveCallback.ts',
		search: 'const found = parameters.confirm',
		replacement: 'const found = parameters.confirm && callback.event === ""',
		tests: ['test/nodes/trigger.test'],
	},
	{
		name: 'a wrong signature is accepted',
		file: 'nodes/shared/callbacks/signature.ts',
		search: '!timingSafeEqual(given, expected)',
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
		search: 'has: (event) => isKnown(keyOf(event)),',
		replacement: 'has: (event) => isKnown(event),',
		tests: ['test/nodes/trigger.test'],
	},
	{
		name: 'an early callback of Suno counts as the last one',
		file: 'nodes/shared/callbacks/confirmTask.ts',
		search: "(event === 'progress' && task.milestone === milestone)",
		replacement: "event === 'progress'",
		tests: ['test/nodes/trigger.test'],
	},
	{
		name: 'a song counts as done with its first track',
		file: 'nodes/shared/tasks/readTask.ts',
		search: 'status: adapter.parseRecord(result.record, milestone)',
		replacement: "status: adapter.parseRecord(result.record, 'text')",
		tests: ['test/nodes/suno.test'],
	},
	{
		name: 'a truncated chat reply comes out as whole',
		file: 'nodes/shared/chat/readReply.ts',
		search: '		if (!collector.isComplete())\n',
		replacement: '		if (interruption && !collector.isComplete())\n',
		tests: ['test/nodes/chat.test'],
	},
];
