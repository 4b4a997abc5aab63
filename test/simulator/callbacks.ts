import { createHmac } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Delivery, JsonObject, SimTask } from './types';
import type { World } from './world';

/** Base64 HMAC-SHA256 over `taskId.timestamp` (platform/webhook-signature). */
export const sign = (key: string, taskId: string, timestamp: string): string =>
	createHmac('sha256', key).update(`${taskId}.${timestamp}`).digest('base64');

/** Posts the result of a task, and repeats it up to three times until the response is HTTP 200. */
export async function postCallback(world: World, task: SimTask, url: string, body: JsonObject): Promise<void> {
	const delays = world.options.callbackDelays ?? [100, 200, 400];
	for (const delay of [0, ...delays.slice(0, 3)]) {
		await wait(delay, undefined, { ref: false });
		if (world.closed || !world.tasks.has(task.id)) return;
		const timestamp = String(Math.floor(Date.now() / 1000));
		const headers: Record<string, string> = { 'Content-Type': 'application/json' };
		if (world.options.hmacKey !== undefined) {
			headers['X-Webhook-Timestamp'] = timestamp;
			headers['X-Webhook-Signature'] = sign(world.options.hmacKey, task.id, timestamp);
		}
		const delivery: Delivery = { at: Date.now(), headers, body };
		task.deliveries.push(delivery);
		await post(url, delivery, world.options.callbackTimeout ?? 15_000);
		if (delivery.status === 200) return;
	}
}

async function post(url: string, delivery: Delivery, timeout: number): Promise<void> {
	// No name server has to be asked to know that.
	if (new URL(url).hostname.endsWith('.invalid')) {
		delivery.error = 'The host does not exist';
		return;
	}
	try {
		const { status, body } = await fetch(url, {
			method: 'POST',
			headers: delivery.headers,
			body: JSON.stringify(delivery.body),
			redirect: 'manual',
			signal: AbortSignal.timeout(timeout),
		});
		await body?.cancel();
		delivery.status = status;
	} catch (error) {
		delivery.error = error instanceof Error ? error.message : String(error);
	}
}
