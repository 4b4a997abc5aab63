import type { IExecuteFunctions } from 'n8n-workflow';

import type { TaskFailure } from '../adapters/taskStatus';
import type { Failure, FailureKind } from '../api/failure';
import { kindOfCode } from '../api/failure';
import { asObject, compact } from '../json';
import type { JsonObject } from '../json';
import { createParameters } from './createMemory';
import type { CreateJob } from './job';
import type { FailedOutcome } from './outcome';
import { runMemory } from './runMemory';
import type { RunMemory } from './runMemory';

/** When the fallback model of an item takes over, and what is remembered of the model that failed. */

/** What is not the fault of the input, so that another model may succeed. */
const FAULTS_OF_MODEL: FailureKind[] = ['disabled', 'maintenance', 'rateLimited', 'serverError'];

/** Kie's server errors say in words when the input is what the model did not take. */
const ABOUT_INPUT =
	/copyright|flagged|inappropriate|invalid|moderat|not allowed|nsfw|policy|prohibit|safety|sensitive|unsupported|violat/i;

/** Whether a failed task may succeed with another model. */
export function isFaultOfModel({ code = '', reason }: TaskFailure): boolean {
	if (ABOUT_INPUT.test(`${code} ${reason}`)) return false;
	const number = Number(code);
	// A word such as GENERATION_FAILED gives no reason.
	return Number.isFinite(number) && code !== '' ? FAULTS_OF_MODEL.includes(kindOfCode(number, reason)) : true;
}

/** Whether a task that was certainly not created may be created with another model. */
export const isRefusalByModel = ({ kind }: Failure): boolean => FAULTS_OF_MODEL.includes(kind);

/** What the output of an item says about the model that failed before. */
export type FallbackMemory = RunMemory<{ fallbackFor: JsonObject }>;

/** The fallbacks of a run, so that no try of the node adds a second one to an item. */
export function fallbackMemory(context: IExecuteFunctions): FallbackMemory {
	const parse = ({ fallbackFor }: JsonObject) => ({ fallbackFor: asObject(fallbackFor) });
	return runMemory(context, 'kie-fallbacks', parse, createParameters);
}

/** What failed, for the output of the fallback. */
export function failedModel({ model }: CreateJob, { error, task, credits }: FailedOutcome): JsonObject {
	return compact({ model: model.id, taskId: task?.taskId, creditsConsumed: credits, error: error.message });
}

/** The job of the fallback model, with what failed in its output. */
export function fallbackJob({ body }: CreateJob, fallback: CreateJob, fallbackFor: JsonObject): CreateJob {
	return { ...fallback, calledWith: body, passThrough: { ...fallback.passThrough, fallbackFor } };
}
