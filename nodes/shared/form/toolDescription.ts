import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { isOffered } from './modelParameters';
import type { MediaNodeDefinition } from './mediaNodeDefinition';
import { operationsWithoutFiles } from './modelResult';

/** What a tool does, in a phrase; how long it takes with each of its models, in seconds; what it returns first. */
interface Tool {
	what: string;
	seconds: number[];
	result: string;
}

/**
 * What an AI agent is told about a tool. Without this parameter n8n tells it the description of the whole node, or the
 * operation in a phrase, and does so even if `usableAsTool` has a replacement.
 */
export function toolDescription({ what, seconds, result }: Tool, show: IDisplayOptions['show']): INodeProperties {
	return {
		displayName: 'Description',
		name: 'toolDescription',
		type: 'string',
		typeOptions: { rows: 3 },
		default: [
			`${what}.`,
			...timeOf(seconds),
			`Returns ${result}, state and creditsConsumed; while state is waiting, the task is still running.`,
		].join('\n'),
		required: true,
		displayOptions: { show: { '@tool': [true], ...show } },
	};
}

/** The tool description of each operation of a media node. */
export function toolDescriptions(definition: MediaNodeDefinition): INodeProperties[] {
	const withoutFiles = operationsWithoutFiles(definition);
	return definition.operations.map(({ value, description }) => {
		const models = definition.models.filter((model) => value in model.operations && isOffered(model));
		const result = withoutFiles.includes(value) ? 'the result' : 'url, urls';
		const seconds = models.map((model) => model.seconds);
		return toolDescription({ what: description, seconds, result }, { operation: [value] });
	});
}

/** How long an operation takes with its models; empty if it has none. */
function timeOf(seconds: number[]): string[] {
	if (seconds.length === 0) return [];
	const [shortest, longest] = [Math.min(...seconds), Math.max(...seconds)];
	return [`Takes about ${shortest === longest ? '' : `${shortest} to `}${longest} seconds.`];
}
