import { isObject } from './json';
import type { Json, JsonObject } from './types';

/** A chat request in any protocol. */
export interface ChatRequest {
	model: string;
	system: string;
	/** The messages, calls and results in order. */
	steps: Step[];
	/** URLs of files, and data. */
	files: string[];
	tools: Tool[];
	search: boolean;
	/** The JSON Schema of the answer; any JSON: an empty one. */
	schema?: JsonObject;
	/** Whether the reply contains the model's thoughts. */
	thoughts: boolean;
	/** The token limit of the reply, if the path supports one. */
	maxWords?: number;
}

export type Step =
	| { kind: 'user'; text: string }
	| { kind: 'assistant' }
	| { kind: 'call'; id: string }
	| { kind: 'result'; id: string; text: string };

export interface Tool {
	name: string;
	parameters: JsonObject;
}

/** Why the steps are invalid, or undefined: every call needs its result before the next message. */
export function stepsIssue(steps: Step[]): string | undefined {
	const waiting: string[] = [];
	for (const step of steps) {
		if (step.kind === 'call') waiting.push(step.id);
		if (step.kind === 'result') {
			const at = waiting.indexOf(step.id);
			if (at < 0) return `The result ${step.id} belongs to no call`;
			waiting.splice(at, 1);
		}
		if (step.kind === 'user' && waiting.length > 0) break;
	}
	if (waiting.length > 0) return `The call ${String(waiting[0])} has no result`;
	return steps.some(({ kind }) => kind === 'user') ? undefined : 'There is no user message';
}

/** Readers for validated JSON. */

export const objects = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);
export const object = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
export const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
