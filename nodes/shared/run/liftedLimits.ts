import { partition, uniqBy } from 'lodash';
import type { IExecuteFunctions } from 'n8n-workflow';

import type { ValidationIssue } from '../form/checkInput';
import { fieldsAcceptedLive } from '../live/liveLimits';
import type { Job } from './job';
import { isTool } from './toolCall';

/** Limits that Kie has lifted since they were documented. */

/**
 * The job of an input whose values outside documented limits are compared with the live schema of the model, which takes
 * one free request. Values that it accepts are no issues any more. Only market models have a live schema, and no schema
 * says anything about rules across fields.
 */
export async function acceptLiftedLimits(context: IExecuteFunctions, job: Job): Promise<Job> {
	if (job.kind !== 'create') return job;
	const { model, input, body, issues } = job;
	const fields = issues.filter(isLimitOfField).map(({ field }) => field);
	if (fields.length === 0 || (model.api ?? 'market') !== 'market') return job;
	const accepted = await fieldsAcceptedLive(context, model.id, input, body, fields);
	const [lifted, remaining] = partition(issues, (issue) => isLimitOfField(issue) && accepted.includes(issue.field));
	return { ...job, issues: remaining, lifted };
}

function isLimitOfField({ field, isLimit }: ValidationIssue): boolean {
	return isLimit === true && field !== '';
}

/** Shows below the output which documented limits the input exceeds, each field of a model once. */
export function showLiftedLimits(context: IExecuteFunctions, jobs: Iterable<Job>): void {
	if (isTool(context)) return;
	const limits = [...jobs].flatMap((job) =>
		job.kind === 'create' ? (job.lifted ?? []).map((issue) => ({ ...issue, title: job.title })) : [],
	);
	for (const { title, message } of uniqBy(limits, ({ title, field }) => `${title} ${field}`)) {
		const text = `Kie.ai's live schema of ${title} accepts a value outside this documented limit: ${message}`;
		context.addExecutionHints({ message: text, location: 'outputPane' });
	}
}
