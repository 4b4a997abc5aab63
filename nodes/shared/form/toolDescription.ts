import type { INodeProperties } from 'n8n-workflow';

import { isOffered } from './modelParameters';
import type { MediaNodeDefinition } from './mediaNodeDefinition';
import { operationsWithoutFiles } from './modelResult';

/**
 * What an AI agent is told about each operation as a tool. n8n tells it the description of the whole node instead, unless
 * a node has this parameter, and does so even if `usableAsTool` has a replacement.
 */
export function toolDescriptions(definition: MediaNodeDefinition): INodeProperties[] {
	const withoutFiles = operationsWithoutFiles(definition);
	return definition.operations.map(({ value, description }) => {
		const models = definition.models.filter((model) => value in model.operations && isOffered(model));
		const seconds = models.map((model) => model.seconds);
		const result = withoutFiles.includes(value) ? 'the result' : 'url, urls';
		return {
			displayName: 'Description',
			name: 'toolDescription',
			type: 'string',
			typeOptions: { rows: 3 },
			default: `${description}. ${timeOf(seconds)}Returns ${result}, state and creditsConsumed; while state is waiting, the task is still running.`,
			required: true,
			description: 'What an AI agent is told about this tool',
			displayOptions: { show: { '@tool': [true], operation: [value] } },
		};
	});
}

/** How long an operation takes with its models. */
function timeOf(seconds: number[]): string {
	if (seconds.length === 0) return '';
	const [shortest, longest] = [Math.min(...seconds), Math.max(...seconds)];
	return `Takes about ${shortest === longest ? '' : `${shortest} to `}${longest} seconds. `;
}
