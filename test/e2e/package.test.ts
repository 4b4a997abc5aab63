import axios from 'axios';

import { n8n as manifest, name as packageName } from '../../package.json';
import { sharedN8n } from './shared-n8n';

/** How n8n sees the package after its start. The other files run the nodes that are loaded this way. */
describe('the package in a real n8n', () => {
	const n8n = sharedN8n();
	const className = (path: string) => path.replace(/.*\/(\w+)\.node\.js$/, '$1');
	const nodes = manifest.nodes.map((path) => `k${className(path).slice(1)}`);
	const TOOLS = nodes.filter((name) => !['kieChatModel', 'kieTrigger'].includes(name)).map((name) => `${name}Tool`);

	it('is loaded from its metadata, without running its code', () => {
		expect(n8n.logs()).toContain(`Lazy-loading nodes and credentials from ${packageName}`);
	});

	it('has its nodes, their tool variants, and an icon of each in light and dark', async () => {
		const types = (await n8n.client.listNodeTypes()).filter(({ name }) => name.startsWith(`${packageName}.`));
		const names = [...nodes, ...TOOLS].map((name) => `${packageName}.${name}`);
		expect(types.map(({ name }) => name).sort()).toEqual(names.sort());
		for (const { iconUrl } of types) {
			if (typeof iconUrl !== 'object') throw new Error('No icon for light and dark');
			for (const path of [iconUrl.light, iconUrl.dark]) {
				const { data, headers } = await axios.get<string>(`${n8n.url}/${path}`);
				expect(headers['content-type']).toContain('image/svg+xml');
				expect(data).toContain('<svg');
			}
		}
	});
});
