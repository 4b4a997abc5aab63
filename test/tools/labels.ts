import type { INodeProperties, INodePropertyCollection, INodePropertyMode, INodePropertyOptions } from 'n8n-workflow';

import { KieAiApi } from '../../credentials/KieAiApi.credentials';
import { describedNodes } from './described-nodes';

/** Every label that the forms of the nodes and of the credential show. */
export function formLabels(): Set<string> {
	const credential = new KieAiApi();
	return new Set([
		credential.displayName,
		...labelsOf(credential.properties),
		...describedNodes.flatMap(({ description: { displayName, properties } }) => [displayName, ...labelsOf(properties)]),
	]);
}

type Labelled = INodeProperties | INodePropertyOptions | INodePropertyCollection | INodePropertyMode;

function labelsOf(entries: Labelled[]): string[] {
	return entries.flatMap((entry) => {
		if ('values' in entry) return [entry.displayName, ...labelsOf(entry.values)];
		if ('displayName' in entry) {
			const inner = 'options' in entry ? (entry.options ?? []) : [];
			const modes = 'modes' in entry ? (entry.modes ?? []) : [];
			return [entry.displayName, ...labelsOf(inner), ...labelsOf(modes)];
		}
		return [entry.name, ...('action' in entry && entry.action ? [entry.action] : [])];
	});
}
