import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { omit } from 'lodash';
import type { Page } from 'playwright-core';

import { name as packageName } from '../../package.json';
import { startSimulator } from '../simulator';
import { type Editor, hasBrowser, openPage } from './browser';
import { type N8nClient, nodeItems } from './client';
import { credentialFor, kieNode } from './kie';
import { startN8n, temporaryFolder } from './n8n';
import { startOfflineNpm } from './offline-npm';
import { PROJECT } from './paths';
import { sharedN8n } from './shared-n8n';
import { chain, manualTrigger } from './workflow';

if (!hasBrowser)
	console.warn('The installation from the editor is not tested: it needs Chromium (set CHROMIUM to its path).');

const SETTINGS = '/settings/community-nodes';

const card = (page: Page) => page.getByTestId('community-package-card').filter({ hasText: packageName });

async function install(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Install a community node' }).click();
	await page.getByTestId('package-name-input').fill(packageName);
	await page.getByTestId('user-agreement-checkbox').click();
	await page.getByTestId('install-community-package-button').click();
	await page.getByText('Package installed').waitFor({ timeout: 60_000 });
	await card(page).waitFor();
}

async function uninstall(page: Page): Promise<void> {
	await card(page).getByTestId('action-toggle').click();
	await page.getByText('Uninstall package').click();
	await page.getByRole('button', { name: 'Confirm uninstall' }).click();
	await page.getByText('Package uninstalled').waitFor({ timeout: 60_000 });
	await card(page).waitFor({ state: 'hidden' });
}

/** What the editor gets to know of the package's nodes, their tool variants and the credential. */
async function types(client: N8nClient) {
	const [nodes, credentials] = await Promise.all([client.listNodeTypes(), client.listCredentialTypes()]);
	return {
		nodes: nodes
			.filter(({ name }) => name.startsWith(`${packageName}.`))
			// Only n8n's own build reads this field, which it leaves out of the metadata.
			.map((description) => omit(description, '__loadOptionsMethods')),
		credentials: credentials.filter(({ name }) => name === 'kieAiApi'),
	};
}

/** Searches the open node panel for the package. Rejects if it lists one of the nodes not or without its icon. */
async function findInPanel(editor: Editor, nodes: Awaited<ReturnType<typeof types>>['nodes']): Promise<void> {
	const listed = nodes.filter(({ name }) => !name.endsWith('Tool'));
	expect(listed).toHaveLength(8);
	// n8n lists a trigger that stands alone without the word.
	const titles = listed.map(({ displayName }) => displayName.replace(' Trigger', ''));
	expect((await editor.searchPanel('Kie')).slice(0, listed.length).sort()).toEqual(titles.sort());
	for (const { iconUrl } of listed) {
		const path = typeof iconUrl === 'object' ? iconUrl.light : iconUrl;
		const icon = `[data-test-id="node-creator"] img[src$="${path}"]`;
		await editor.page.locator(icon).first().waitFor();
		// Rejects if the image cannot be loaded.
		await editor.page.evaluate(`document.querySelector('${icon}').decode()`);
	}
}

(hasBrowser ? describe : describe.skip)('the package, installed from the editor', () => {
	it('has its nodes without a restart, and after one, until it is uninstalled', async () => {
		const userFolder = temporaryFolder();
		const kie = await startSimulator({ taskSeconds: 0.5 });
		const npm = await startOfflineNpm(PROJECT);
		let n8n = await startN8n({ userFolder, env: npm.env });
		const { port } = n8n;
		const { name } = await n8n.client.createWorkflow(chain('Node panel', [manualTrigger()]));
		const editor = await openPage(n8n, SETTINGS, 'settings-back');
		const { page } = editor;
		try {
			await install(page);
			await editor.screenshot('community-nodes');
			// The same as from the metadata, with which n8n loads the package from its next start on.
			const expected = await types(sharedN8n().client);
			expect(await types(n8n.client)).toEqual(expected);

			await page.getByTestId('settings-back').click();
			await page.getByText(name).first().click();
			await page.getByTestId('canvas-wrapper').waitFor();
			await editor.openPanel();
			await findInPanel(editor, expected.nodes);
			await editor.screenshot('community-nodes-panel');

			const credential = await n8n.client.createCredential('kieAiApi', credentialFor(kie));
			const image = kieNode({ credential }, 'kieImage', {
				operation: 'generate',
				model: 'google/nano-banana',
				prompt: 'A red fox',
				downloadFiles: true,
			});
			const workflow = await n8n.client.createWorkflow(chain('Image', [manualTrigger(), image]));
			const run = async () => nodeItems(await n8n.client.runWorkflow(workflow), 'Kie')[0]?.binary?.data?.mimeType;
			expect(await run()).toBe('image/png');

			await n8n.stop();
			n8n = await startN8n({ port, userFolder, env: npm.env });
			expect(await types(n8n.client)).toEqual(expected);
			expect(await run()).toBe('image/png');

			await page.goto(`${n8n.url}${SETTINGS}`);
			await uninstall(page);
			expect(await types(n8n.client)).toEqual({ nodes: [], credentials: [] });
			expect(existsSync(join(userFolder, '.n8n', 'nodes', 'node_modules', packageName))).toBe(false);
			expect(npm.rejectedCalls()).toEqual([]);
		} finally {
			await editor.close();
			await n8n.stop();
			await kie.close();
			npm.remove();
			rmSync(userFolder, { recursive: true });
		}
	});
});
