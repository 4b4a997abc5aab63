import { uniq } from 'lodash';
import type { IExecuteFunctions } from 'n8n-workflow';

import { isObject } from '../json';
import { isTool } from './toolCall';

/** What a run says below its output beside its cost. */

/** Options that only downloaded files use. */
const FILE_OPTIONS = ['binaryProperty', 'itemPerFile', 'maxFileSize'];

/** Says that a tool returns no files, if an option about them is set. */
export function showFilesUnused(context: IExecuteFunctions): void {
	const options: unknown = context.getNodeParameter('options', 0, {});
	if (!isTool(context) || !isObject(options) || !FILE_OPTIONS.some((name) => name in options)) return;
	showHint(context, 'As a tool of an AI agent, this node returns URLs: the options for files have no effect');
}

/** Says for which models no price is known, where the price was asked for. */
export function showUnknownPrices(context: IExecuteFunctions, models: string[]): void {
	if (models.length === 0) return;
	showHint(context, `No price is known for ${uniq(models).join(', ')}: Kie.ai lists none, or did not respond`);
}

/** Says that a limit of the cost had nothing to go by. */
export function showUnknownCost(context: IExecuteFunctions): void {
	const unknown = 'Kie.ai did not report what a task has cost, and the balance does not show it';
	showHint(context, `${unknown}: 'Maximum Credits per Run' could not be applied`);
}

function showHint(context: IExecuteFunctions, message: string): void {
	context.addExecutionHints({ type: 'warning', message, location: 'outputPane' });
}
