import { KieAiApi } from '../../credentials/KieAiApi.credentials';

it('keeps all of the credential when n8n copies its own properties after an installation', async () => {
	const copy = { ...new KieAiApi() };
	if (typeof copy.authenticate !== 'function') throw new Error('The authentication is not code');
	expect(copy).toMatchObject({ name: 'kieAiApi', properties: expect.any(Array), test: expect.any(Object) });
	const options = { url: 'https://api.kie.ai', headers: { accept: 'application/json' } };
	expect(await copy.authenticate({ apiKey: 'my-key' }, options)).toEqual({
		url: 'https://api.kie.ai',
		headers: { accept: 'application/json', Authorization: 'Bearer my-key' },
	});
});
