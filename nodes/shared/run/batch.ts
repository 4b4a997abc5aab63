import { once } from 'lodash';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Limit } from 'p-limit';
import pLimit from 'p-limit';

import type { CreateMemory } from './createMemory';
import { createMemory } from './createMemory';
import type { FallbackMemory } from './fallback';
import { fallbackMemory } from './fallback';
import type { Outcome } from './outcome';
import type { UploadFields } from './sharedUploads';
import { sharedUploads } from './sharedUploads';
import type { SpendingLimits } from './spendingLimits';
import { spendingLimits } from './spendingLimits';

/** How much runs side by side in one execution; a batch may have thousands of items. */
export const CONCURRENT_DOWNLOADS = 4;
/** As many as Kie accepts at once; those that wait for their turn are in the order of the items. */
const CONCURRENT_CREATES = 20;

/** What the items of one execution share. */
export interface Batch {
	context: IExecuteFunctions;
	memory: CreateMemory;
	upload: UploadFields;
	spending: SpendingLimits;
	/** Created for the first item with a fallback model. */
	fallbacks: () => FallbackMemory;
	limits: Record<'create' | 'download', Limit>;
	/** What is known about each item so far: its task as soon as it exists, then its outcome. */
	outcomes: Map<number, Outcome>;
	/** The outcomes of tasks that a fallback model has replaced. */
	replaced: Outcome[];
}

/** What the items share at the beginning of a run. */
export function newBatch(context: IExecuteFunctions): Batch {
	return {
		context,
		memory: createMemory(context),
		upload: sharedUploads(context),
		spending: spendingLimits(context),
		fallbacks: once(() => fallbackMemory(context)),
		limits: {
			create: pLimit(CONCURRENT_CREATES),
			download: pLimit(CONCURRENT_DOWNLOADS),
		},
		outcomes: new Map(),
		replaced: [],
	};
}
