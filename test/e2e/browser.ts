import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { type Browser, chromium, type Locator, type Page, selectors } from 'playwright-core';

import { BROWSER_ID, type CredentialReference, type CredentialTest, type Execution } from './client';
import type { N8n } from './n8n';
import { CACHE } from './paths';
import { isDefaultVersion } from './setup';

/** Debian's; CHROMIUM can name another one. */
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** Whether the tests of the editor can run: they need a browser, and the editor whose elements they know. */
export const hasBrowser = isDefaultVersion && existsSync(CHROMIUM);
const CHROMIUM_SWITCHES = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];
const ACTION_LIMIT_MS = 15_000;

type EditedN8n = Pick<N8n, 'url' | 'client'>;

// n8n's own name for the attribute; the selectors below are its test ids.
selectors.setTestIdAttribute('data-test-id');

/** Opens a saved workflow in n8n's editor. Rejects if `hasBrowser` is false. */
export async function openEditor(n8n: EditedN8n, workflowId: string): Promise<Editor> {
	return await openPage(n8n, `/workflow/${workflowId}`, 'canvas-wrapper');
}

/**
 * Opens a page of n8n in a headless Chromium that is logged in, and waits for an element of it, named by its test id.
 * Rejects if `hasBrowser` is false.
 */
export async function openPage(n8n: EditedN8n, path: string, landmark: string): Promise<Editor> {
	const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_SWITCHES });
	try {
		const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
		context.setDefaultTimeout(ACTION_LIMIT_MS);
		await context.addInitScript(`localStorage.setItem("n8n-browserId", "${BROWSER_ID}")`);
		const [name, value] = n8n.client.cookie.split(/=(.*)/s);
		await context.addCookies([{ name: name ?? '', value: value ?? '', url: n8n.url }]);
		// The editor requests news from n8n's own servers; it should look the same without internet.
		await context.route(
			(requestUrl) => requestUrl.origin !== new URL(n8n.url).origin,
			(route) => route.abort(),
		);
		const page = await context.newPage();
		await page.goto(`${n8n.url}${path}`);
		// The editor loads some 20 MB of scripts at first.
		await page.getByTestId(landmark).waitFor({ timeout: 60_000 });
		return new Editor(n8n, browser, page);
	} catch (error) {
		await browser.close();
		throw error;
	}
}

/** What a user does in the editor. Parameters are named by their path, such as `prompt` or `additionalFields.seed`. */
export class Editor {
	constructor(
		private readonly n8n: EditedN8n,
		private readonly browser: Browser,
		readonly page: Page,
	) {}

	/**
	 * Adds a node after the last one, as the plus at its output does, and leaves its parameters open if it has any.
	 * A node with several actions needs the name of one.
	 */
	async addNode(name: string, action?: string): Promise<void> {
		await this.openPanel();
		await this.searchBar().fill(name);
		const entry = (title: string) => this.page.getByTestId('node-creator-item-name').getByText(title, { exact: true });
		await entry(name).first().click();
		if (action !== undefined) await entry(action).first().click();
		await this.page.getByTestId('node-creator').waitFor({ state: 'hidden' });
	}

	/** Opens the node panel after the last node. */
	async openPanel(): Promise<void> {
		const first = this.page.getByTestId('canvas-add-button');
		const next = this.page.getByTestId('canvas-handle-plus').last();
		await first.or(next).first().click();
		await this.searchBar().waitFor();
	}

	/** Types into the open panel and returns the titles of the results, from top to bottom. */
	async searchPanel(term: string): Promise<string[]> {
		// An empty search first, so that the results of an earlier one are removed.
		await this.searchBar().fill('there is no such node');
		await this.page.getByTestId('node-creator-no-results').waitFor();
		await this.searchBar().fill(term);
		const titles = this.page.getByTestId('node-creator').getByTestId('node-creator-item-name');
		await titles.first().waitFor();
		return (await titles.allInnerTexts()).map((title) => title.trim());
	}

	/** Opens the parameters of a node on the canvas. */
	async openNode(name: string): Promise<void> {
		await this.page
			.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`)
			.locator('visible=true')
			.first()
			.dblclick();
		await this.page.getByTestId('ndv').waitFor();
	}

	async closeNode(): Promise<void> {
		await this.page.getByTestId('ndv-close-button').click();
		await this.page.getByTestId('ndv').waitFor({ state: 'hidden' });
	}

	/** Paths of the parameters that the open node shows, from top to bottom. Collections show what was added to them. */
	async shownParameters(): Promise<string[]> {
		const paths = await this.parameters()
			.locator('[data-parameter-path]:visible')
			.evaluateAll((elements) => elements.map((element) => element.getAttribute('data-parameter-path') ?? ''));
		return paths.map((path) => path.replace(/^parameters\./, ''));
	}

	parameter(path: string): Locator {
		return this.parameters().locator(`[data-parameter-path="parameters.${path.replaceAll('"', '\\"')}"]`);
	}

	/** The value of a field or a drop-down list. */
	async value(path: string): Promise<string> {
		return await this.parameter(path).locator('input, textarea').first().inputValue();
	}

	/** What stands above fields, without the switch for expressions beside it. */
	async labels(paths: string[]): Promise<string[]> {
		const labels = paths.map((path) => this.parameters().locator(`label[for="${path}"]`).first());
		return await Promise.all(labels.map(async (label) => (await label.innerText()).trim().replace(/\n[^]*/, '')));
	}

	/** Types into a text or number field. */
	async fill(path: string, value: string): Promise<void> {
		const field = this.parameter(path).locator('input, textarea, [contenteditable="true"]').first();
		await field.fill(value);
		await field.blur();
	}

	/** Selects from a drop-down list by the option's visible name. */
	async choose(path: string, option: string): Promise<void> {
		await this.parameter(path).locator('input').first().click();
		await this.pick('parameter-input-item', option);
	}

	/** The visible names in a drop-down list. */
	async choices(path: string): Promise<string[]> {
		return await this.namesIn('parameter-input-item', this.parameter(path).locator('input').first());
	}

	/** The visible names of the fields that can still be added to a collection. */
	async addable(collection: string): Promise<string[]> {
		return await this.namesIn('collection-parameter-option', this.adder(collection));
	}

	/** Selects from the loaded list of a resource locator by the entry's visible name. */
	async chooseFromList(path: string, entry: string): Promise<void> {
		await this.parameter(path).getByTestId('rlc-input').click();
		await this.page.getByTestId('rlc-search').locator('visible=true').fill(entry);
		await this.page.getByTestId('rlc-item').getByText(entry, { exact: true }).first().click();
	}

	/** Toggles a switch. */
	async toggle(path: string): Promise<void> {
		await this.parameter(path).locator('.el-switch').click();
	}

	/** Adds a field to a collection such as Options, by the field's visible name. */
	async addOption(collection: string, option: string): Promise<void> {
		await this.adder(collection).click();
		await this.pick('collection-parameter-option', option);
	}

	/** Adds an entry to a list of objects. */
	async addEntry(path: string): Promise<void> {
		await this.parameters().getByTestId(`fixed-collection-${path}`).getByTestId('fixed-collection-add').click();
	}

	/** Turns a parameter into an expression; the text is that in the editor, such as `{{ $json.prompt }}`. */
	async setExpression(path: string, expression: string): Promise<void> {
		const name = path.split('.').at(-1);
		const switches = this.parameters().getByTestId(`${name}-parameter-input-options-container`);
		await this.parameter(path).hover();
		await switches.getByTestId('radio-button-expression').click();
		await this.parameter(path).locator('.cm-content').fill(expression);
		// Its preview would cover the fields below.
		await this.page.getByTestId('tab-params').click();
		// The editor applies an expression a moment after the last key.
		await this.page.waitForTimeout(500);
	}

	/**
	 * Creates the open node's first credential with its button. Fields by their names.
	 * Returns the outcome of its test. n8n closes the dialog if the test passes, and leaves it open otherwise.
	 */
	async addCredential(fields: Record<string, string>): Promise<CredentialTest> {
		await this.page.getByTestId('node-credentials-empty-state').getByRole('button').first().click();
		const dialog = this.page.getByTestId('editCredential-modal');
		for (const [name, value] of Object.entries(fields)) {
			await dialog.getByTestId(`parameter-input-${name}`).locator('input').fill(value);
		}
		const [answer] = await Promise.all([
			this.page.waitForResponse((response) => response.url().endsWith('/rest/credentials/test')),
			dialog.getByTestId('credential-save-button').click(),
		]);
		const { data }: { data: CredentialTest } = await answer.json();
		if (data.status === 'OK') await dialog.waitFor({ state: 'hidden' });
		return data;
	}

	/** Selects one of several credentials of the open node. */
	async chooseCredential({ id }: CredentialReference): Promise<void> {
		await this.page.getByTestId('node-credentials-select').first().click();
		await this.page.getByTestId(`node-credentials-select-item-${id}`).click();
	}

	/** Runs the open node and the nodes before it, and waits until its output is shown. */
	async executeStep(limitMs = 120_000): Promise<Execution> {
		const execution = await this.runBy(this.page.getByTestId('node-execute-button'), limitMs);
		const outcome = execution.status === 'success' ? 'node-run-info' : 'node-error-message';
		await this.page.getByTestId('output-panel').getByTestId(outcome).waitFor();
		return execution;
	}

	/** Runs the workflow with the button at the bottom of the canvas. */
	async executeWorkflow(limitMs = 120_000): Promise<Execution> {
		return await this.runBy(this.page.getByTestId('execute-workflow-button'), limitMs);
	}

	/** Switches the view of the open node's output, and waits until it contains the text. */
	async showOutput(view: 'schema' | 'table' | 'json' | 'binary', text: string): Promise<void> {
		const panel = this.page.getByTestId('output-panel');
		await panel.getByTestId(`radio-button-${view}`).click();
		await panel.getByText(text).first().waitFor();
	}

	/** The columns of the output's table that are seen without scrolling, with what stands in the first row. */
	async columnsInSight(): Promise<Array<{ name: string; value: string }>> {
		const table = this.page.getByTestId('output-panel').locator('table').first();
		await table.locator('tbody td').first().waitFor();
		const panel = await this.page.getByTestId('output-panel').boundingBox();
		if (!panel) throw new Error('The output is not shown');
		const [headers, cells] = [await table.locator('thead th').all(), table.locator('tbody tr').first().locator('td')];
		const columns = await Promise.all(
			headers.map(async (header, index) => {
				const box = await header.boundingBox();
				const isInSight =
					box !== null && box.width > 0 && box.x >= panel.x && box.x + box.width <= panel.x + panel.width;
				const name = (await header.innerText()).trim();
				return isInSight && name !== '' ? [{ name, value: (await cells.nth(index).innerText()).trim() }] : [];
			}),
		);
		return columns.flat();
	}

	/** The URLs of the images on the canvas that are there. */
	async canvasIcons(): Promise<string[]> {
		const images = await this.page.getByTestId('canvas-wrapper').locator('img').all();
		const urls = await Promise.all(
			images.map(async (image) => {
				const width = await image.evaluate((element) => ('naturalWidth' in element ? Number(element.naturalWidth) : 0));
				return width > 0 ? [(await image.getAttribute('src')) ?? ''] : [];
			}),
		);
		return urls.flat();
	}

	/** Starts the open trigger, which then waits for a call of its test URL. */
	async listen(): Promise<void> {
		await Promise.all([
			this.page.waitForResponse((response) => /\/rest\/workflows\/[^/]+\/run$/.test(response.url())),
			this.page.getByTestId('node-execute-button').click(),
		]);
	}

	/** Waits until a run that something else has started is over. */
	async ranOutside(): Promise<void> {
		await this.page.getByTestId('output-panel').getByTestId('node-run-info').waitFor();
	}

	/** The message of the open node's failed run. */
	async errorMessage(): Promise<string> {
		return await this.page.getByTestId('node-error-message').innerText();
	}

	/** Closes what covers the editor: hints for new users, and messages. */
	async dismissPopups(): Promise<void> {
		const buttons = this.page
			.getByRole('button', { name: 'Got it' })
			.or(this.page.locator('.el-notification__closeBtn'));
		for (const button of await buttons.all()) await button.click({ timeout: 2_000 }).catch(() => undefined);
	}

	/** Saves a screenshot of a window of this height to .cache/screenshots/<name>.png and returns the file's path. */
	async screenshot(name: string, height = 900): Promise<string> {
		await this.page.setViewportSize({ width: 1440, height });
		const folder = join(CACHE, 'screenshots');
		mkdirSync(folder, { recursive: true });
		const path = join(folder, `${name}.png`);
		await this.page.screenshot({ path, animations: 'disabled' });
		return path;
	}

	async close(): Promise<void> {
		await this.browser.close();
	}

	private parameters(): Locator {
		return this.page.getByTestId('ndv').getByTestId('node-parameters').first();
	}

	/** The button that opens the list of what can be added to a collection. */
	private adder(collection: string): Locator {
		return this.parameters()
			.getByTestId('parameter-item')
			.filter({ has: this.page.locator(`label[for="${collection}"]`) })
			.getByTestId('collection-parameter-add')
			.first();
	}

	private searchBar(): Locator {
		return this.page.getByTestId('node-creator-search-bar');
	}

	/** The names in the list that the button opens; closes it again. */
	private async namesIn(kind: string, button: Locator): Promise<string[]> {
		const entries = this.page.getByTestId(kind).locator('visible=true');
		await button.click();
		await entries.first().waitFor();
		const headlines = entries.locator('.option-headline');
		const names = await ((await headlines.count()) > 0 ? headlines : entries).allInnerTexts();
		await button.click();
		await entries.first().waitFor({ state: 'hidden' });
		return names.map((name) => name.trim());
	}

	/** Selects from the open list; n8n keeps closed ones in the page. */
	private async pick(kind: string, option: string): Promise<void> {
		const exactly = new RegExp(`^\\s*${option.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
		const entry = this.page.getByTestId(kind).locator('visible=true');
		await entry.locator('span, .option-headline').filter({ hasText: exactly }).first().click();
		await entry.first().waitFor({ state: 'hidden' });
	}

	private async runBy(button: Locator, limitMs: number): Promise<Execution> {
		const [answer] = await Promise.all([
			this.page.waitForResponse((response) => /\/rest\/workflows\/[^/]+\/run$/.test(response.url())),
			button.click(),
		]);
		const { data }: { data: { executionId?: string } } = await answer.json();
		if (data.executionId === undefined) throw new Error('The workflow waits for a webhook call instead of running');
		return await this.n8n.client.waitForExecution(data.executionId, limitMs);
	}
}
