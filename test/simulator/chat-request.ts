import { isObject } from './json';
import type { Json, JsonObject } from './types';

/** What a chat request asks for, whatever its protocol. */
export interface ChatRequest {
	model: string;
	system: string;
	/** What was said, called and given back, in order. */
	steps: Step[];
	/** Addresses of files, and data. */
	files: string[];
	tools: Tool[];
	search: boolean;
	/** The JSON Schema of the answer; any JSON: an empty one. */
	schema?: JsonObject;
	/** Whether the answer shows what the model thought. */
	thoughts: boolean;
	/** Most tokens of the answer, where the path keeps to it. */
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

/** Why the steps can't be, or undefined: every call has its result before anybody speaks again. */
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

/** Reading JSON whose form is checked already. */

export const objects = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);
export const object = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
export const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
