import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { adapters } from '../adapters';
import { VALIDATE_ONLY } from '../form/optionParameters';
import { compact } from '../json';
import type { JsonObject } from '../json';
import { findPrice, NOT_AVAILABLE } from '../live/priceText';
import { circularError } from './circularParameter';
import type { CreateJob, Job } from './job';
import { acceptLiftedLimits, showLiftedLimits } from './liftedLimits';
import { showUnknownPrices } from './runHints';
import { readMode } from './runOptions';

/** What is wrong with an item's input. `field`: Kie's name, if one field is the cause. */
interface Problem {
	field?: string;
	message: string;
}

/**
 * Whether the node only checks its input; one mode holds for all items.
 * @throws NodeOperationError for a mode that does not exist.
 */
export function isValidationOnly(context: IExecuteFunctions): boolean {
	return readMode(context, 0) === VALIDATE_ONLY;
}

/**
 * An item for each item of the input: whether it is valid, what it would cost, and the request that would be sent. Nothing
 * is uploaded or created; one free request reads the prices, and one the schema of a model whose documented limits a value
 * exceeds.
 */
export async function validateItems(
	context: IExecuteFunctions,
	readJob: (itemIndex: number) => Job,
): Promise<INodeExecutionData[]> {
	const jobs: Job[] = [];
	const items = await Promise.all(
		context.getInputData().map(async (_, itemIndex) => ({
			json: await validateItem(context, readJob, jobs, itemIndex),
			pairedItem: { item: itemIndex },
		})),
	);
	showLiftedLimits(context, jobs);
	const withoutPrice = items.filter(({ json }) => json.price === NOT_AVAILABLE);
	showUnknownPrices(
		context,
		withoutPrice.map(({ json }) => String(json.model)),
	);
	return items;
}

async function validateItem(
	context: IExecuteFunctions,
	readJob: (itemIndex: number) => Job,
	jobs: Job[],
	itemIndex: number,
): Promise<IDataObject> {
	let job: Job;
	try {
		job = await acceptLiftedLimits(context, readJob(itemIndex));
		jobs.push(job);
	} catch (error) {
		const { message } = circularError(context, error, itemIndex) ?? toError(error);
		return { valid: false, problems: [{ message: message.replace(` [item ${itemIndex}]`, '') }] };
	}
	if (job.kind !== 'create') return { valid: true, problems: [] };
	const problems = job.issues.map(({ field, message }): Problem => (field === '' ? { message } : { field, message }));
	return compact({
		valid: problems.length === 0,
		problems: problems.map((problem) => compact({ ...problem })),
		price: await findPrice(context, job.pricedAs ?? job.model.id),
		model: job.model.id,
		...requestOf(job),
	});
}

/** The request that would create the task; binary fields stand as `binary://name` where their URLs would be. */
function requestOf({ model, body, options }: CreateJob): JsonObject {
	const call = adapters[model.api ?? 'market'].create(model, body, options.callBackUrl);
	return call.kind === 'request' ? compact({ endpoint: `${call.method} ${call.path}`, request: call.body }) : {};
}

function toError(error: unknown): Error {
	return error instanceof Error ? error : new Error(String(error));
}
