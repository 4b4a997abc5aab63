import { isObject, asText } from '../../nodes/shared/json';
import type { Json, JsonObject } from '../../nodes/shared/json';
import { parseResponse } from '../../nodes/shared/api/response';
import { adapters } from '../../nodes/shared/adapters';
import { describeRecorded, recordedExchanges } from '../facts';

/** Recorded responses of Kie are parsed. */

interface Exchange {
	recording: string;
	method: string;
	path: string;
	request: Json;
	status: number;
	response: Json;
}

const allExchanges: Exchange[] = recordedExchanges();
// Chat responses have other envelopes.
const exchanges = allExchanges.filter(({ path }) => path.startsWith('/api/'));
const name = ({ recording, method, path }: Exchange, index: number) => `${index} ${recording}: ${method} ${path}`;
const answerOf = ({ status, response }: Exchange) => parseResponse({ statusCode: status, headers: {}, body: response });
const on = (path: string) => exchanges.filter((exchange) => exchange.path.split('?')[0] === path);
const data = (exchange: Exchange): JsonObject =>
	isObject(exchange.response) && isObject(exchange.response.data) ? exchange.response.data : {};

describeRecorded('recorded answers of Kie', () => {
	it('are there', () => {
		expect(on('/api/v1/jobs/createTask').length).toBeGreaterThan(2);
		expect(on('/api/v1/jobs/recordInfo').length).toBeGreaterThan(4);
	});

	it('succeed exactly if the code in the body is 200', () => {
		for (const [index, exchange] of exchanges.entries()) {
			const code = isObject(exchange.response) ? exchange.response.code : undefined;
			expect([name(exchange, index), answerOf(exchange).kind === 'ok']).toEqual([name(exchange, index), code === 200]);
		}
	});

	it("contain Kie's own message if they are rejections", () => {
		const failures = exchanges.filter((exchange) => answerOf(exchange).kind === 'failed');
		expect(failures.length).toBeGreaterThan(1);
		for (const exchange of failures) {
			expect(answerOf(exchange)).toMatchObject({
				failure: { reason: isObject(exchange.response) ? exchange.response.msg : '' },
			});
			expect(answerOf(exchange)).not.toMatchObject({ failure: { kind: 'unexpectedResponse' } });
		}
	});

	it('of createTask contain the task, and the market adapter sends what was sent', () => {
		for (const exchange of on('/api/v1/jobs/createTask').filter((candidate) => answerOf(candidate).kind === 'ok')) {
			expect(asText(data(exchange).taskId)).toMatch(/^[0-9a-f]{32}$/);
			const { model, input, callBackUrl } = isObject(exchange.request) ? exchange.request : {};
			const call = adapters.market.create({ id: String(model) }, isObject(input) ? input : {}, asText(callBackUrl));
			expect(call).toEqual({ method: 'POST', path: exchange.path, body: exchange.request });
		}
	});

	it('of recordInfo contain the state of the task', () => {
		for (const exchange of on('/api/v1/jobs/recordInfo').filter((candidate) => answerOf(candidate).kind === 'ok')) {
			const record = data(exchange);
			const status = adapters.market.parseRecord(record);
			expect(status.model).toBe(record.model);
			expect(status.createdAt).toMatch(/^20\d\d-/);
			switch (record.state) {
				case 'success':
					expect(status.state).toBe('success');
					expect(status.urls.length + Object.keys(status.details).length).toBeGreaterThan(0);
					for (const url of status.urls) expect(String(record.resultJson)).toContain(url);
					expect(status.durationMs).toBe(Number(record.completeTime) - Number(record.createTime));
					break;
				case 'fail':
					expect(status).toMatchObject({ state: 'fail', failure: { reason: record.failMsg } });
					break;
				default:
					expect(status).toMatchObject({ state: 'waiting', urls: [] });
			}
		}
	});
});
