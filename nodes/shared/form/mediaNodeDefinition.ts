import type { Model } from '../catalogue/types';
import type { ModelOrder } from './modelParameters';
import type { Operation } from './operation';

/** What differs between the media nodes. */
export interface MediaNodeDefinition extends ModelOrder {
	operations: Operation[];
	defaultOperation: string;
	models: Model[];
	/** The default time limit, in minutes. */
	timeLimitMinutes: number;
	/** How long a task of an unknown model usually takes, in seconds. */
	usualSeconds: number;
	/** The task types in Kie's model list that Custom Model offers (https://docs.kie.ai/ai-agent/install-kie-models). */
	taskTypes: string[];
}
