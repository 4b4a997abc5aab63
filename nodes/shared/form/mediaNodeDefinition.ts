import type { Model } from '../catalogue/types';
import type { Operation } from './operation';

/** What makes one media node differ from another. */
export interface MediaNodeDefinition {
	operations: Operation[];
	defaultOperation: string;
	models: Model[];
	/** The model that each operation starts with. */
	presets: Record<string, string>;
	/** How long to wait for a task at the most, in minutes, unless the user says otherwise. */
	timeLimitMinutes: number;
	/** How long a task of a model that the catalogue does not know usually takes, in seconds. */
	usualSeconds: number;
	/** The task types of Kie's model list that are offered under Custom Model (https://docs.kie.ai/ai-agent/install-kie-models). */
	taskTypes: string[];
}
