import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { builtNodes, buildIfStale } from '../bench/built';
import type { WithoutSdk } from './without-sdk';

/** Without n8n's AI node SDK the package loads, and only Kie Chat Model does not work. */
describe('without n8n’s AI node SDK', () => {
	let result: WithoutSdk;
	beforeAll(() => {
		buildIfStale();
		const output = execFileSync(
			process.execPath,
			['--require', join(__dirname, 'no-sdk.cjs'), '--import', 'tsx', join(__dirname, 'without-sdk.ts')],
			{ encoding: 'utf8' },
		);
		result = JSON.parse(output.trim().split('\n').at(-1) ?? '');
	}, 180_000);

	it('is where these tests run', () => expect(result.sdk).toBe('MODULE_NOT_FOUND'));

	it('every node loads', () => expect(result.loaded).toEqual([...builtNodes.keys()]));

	it.each(['KieAudio', 'KieImage', 'KieSuno', 'KieVideo'])('%s runs', (name) => {
		expect(result.results[name]).toMatchObject({ state: 'success', urls: expect.any(Array) });
	});

	it('Kie Chat runs', () => expect(result.results.KieChat).toMatchObject({ text: expect.stringContaining('Hello') }));

	it('Kie Common runs', () => expect(result.results.KieCommon).toMatchObject({ credits: expect.any(Number) }));

	it('Kie Chat Model names the missing package', () => {
		expect(result.results.KieChatModel).toMatchObject({
			name: 'NodeOperationError',
			message: 'Kie Chat Model needs n8n 2.16 or newer',
			description: expect.stringContaining('Update n8n'),
		});
	});
});
