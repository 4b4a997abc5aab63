import { isObject, asText } from '../../nodes/shared/json';
import type { Json, JsonObject } from '../../nodes/shared/json';
import { parseResponse } from '../../nodes/shared/api/response';
import { sunoModels } from '../../nodes/shared/catalogue/suno';
import type { SunoModel } from '../../nodes/shared/catalogue/types';
import { adapters } from '../../nodes/shared/adapters';
import { toReading } from '../../nodes/shared/tasks/readTask';
import { describeRecorded, recordedExchanges } from '../facts';
import { startSimulator } from '../simulator';
import { accountKeys, runSuno } from './suno-world';

/** Recorded exchanges with Suno: the node sends the same request and parses the same response. */

interface Exchange {
	recording: string;
	method: string;
	path: string;
	request: Json;
	status: number;
	response: Json;
}

const exchanges: Exchange[] = recordedExchanges();
const creates = exchanges.flatMap((exchange) => {
	const model = sunoModels.find(({ path }) => path === exchange.path);
	return model && isObject(exchange.request) ? [{ ...exchange, request: exchange.request, model }] : [];
});
const answerOf = ({ status, response }: Exchange) => parseResponse({ statusCode: status, headers: {}, body: response });

/** An operation whose forms have all fields of a recorded body. */
function operationOf({ operations }: SunoModel, request: JsonObject): string {
	const matchingForm = Object.entries(operations).find(([, forms]) =>
		forms.some(({ hidden = [] }) => hidden.every((name) => !(name in request))),
	);
	return matchingForm?.[0] ?? '';
}

describeRecorded('recorded exchanges with Suno', () => {
	it('are there', () => expect(creates.length).toBeGreaterThanOrEqual(12));

	it.each(creates)('$recording: the node sends the same body', async ({ request, model, path }) => {
		const kie = await startSimulator({ rate: false, apiKeys: accountKeys, strict: false });
		try {
			const { callBackUrl, ...input } = request;
			await runSuno(kie, {
				resource: model.resource,
				operation: operationOf(model, request),
				specifyInput: 'json',
				inputJson: JSON.stringify(input),
				executionMode: 'createOnly',
				// Some recorded values are outside the documented limits.
				options: { checkInput: false, callBackUrl: asText(callBackUrl) ?? '' },
			});
			const [create] = kie.creates();
			expect(create?.path).toBe(path);
			const { callBackUrl: sentCallbackUrl, ...body } = isObject(create?.body) ? create.body : {};
			expect(body).toEqual(input);
			// Without one, Kie responded that it is required.
			if (callBackUrl || model.api === 'suno-now') expect(sentCallbackUrl).toBe(callBackUrl);
			else expect(sentCallbackUrl).toMatch(/\.invalid\/$/);
		} finally {
			await kie.close();
		}
	});

	it.each(creates)('$recording: the response is parsed', (exchange) => {
		const { model, request, response } = exchange;
		const answer = answerOf(exchange);
		if (isObject(response) && response.code !== 200) {
			expect(answer).toMatchObject({ kind: 'failed', failure: { kind: 'invalidInput', reason: response.msg } });
			return;
		}
		const data = isObject(response) && isObject(response.data) ? response.data : {};
		const { parseCreated } = adapters[model.api];
		if (parseCreated) expect(parseCreated(answer, request)).toMatchObject({ taskId: data.taskId, record: data });
		else expect(answer).toMatchObject({ kind: 'ok', data: { taskId: expect.stringMatching(/^[0-9a-f]{32}$/) } });
		if (model.api === 'suno-now') {
			const status = adapters['suno-now'].parseRecord(data);
			expect(status).toMatchObject({ state: 'success', credits: data.creditsConsumed });
			expect(asText(status.details.result)).toBe(data.result);
		}
	});

	it('have no data for an unknown task', () => {
		const [exchange] = exchanges.filter(({ path }) => path.startsWith('/api/v1/generate/record-info'));
		if (!exchange) throw new Error('No read was recorded');
		expect(toReading(answerOf(exchange), adapters['suno-music'])).toMatchObject({
			kind: 'unknown',
			failure: { kind: 'notFound' },
		});
	});
});
