import { laterInPanel, searchTerms } from '../searchTerms';
import { type Editor, hasBrowser, openEditor } from './browser';
import { sharedN8n } from './shared-n8n';
import { chain, manualTrigger } from './workflow';

/** n8n lists a trigger that stands alone without the word. */
const TRIGGER = { title: 'Kie Trigger', listed: 'Kie' };

if (!hasBrowser)
	console.warn('The tests of the node panel are skipped: they need Chromium (set CHROMIUM to its path).');

(hasBrowser ? describe : describe.skip)("n8n's node panel", () => {
	const n8n = sharedN8n();
	let editor: Editor;

	beforeAll(async () => {
		const { id } = await n8n.client.createWorkflow(chain('Node panel', [manualTrigger()]));
		editor = await openEditor(n8n, id);
		await editor.openPanel();
	});
	afterAll(async () => await editor.close());

	const cases = searchTerms.flatMap(([nodes, terms]) => terms.map((term) => ({ term, nodes })));
	it.each(cases)('finds $nodes with $term', async ({ term, nodes }) => {
		const titles = nodes.map((title) => (title === TRIGGER.title ? TRIGGER.listed : title));
		const results = await editor.searchPanel(term);
		expect(results.slice(0, laterInPanel[term] ?? 2).filter((title) => titles.includes(title))).not.toEqual([]);
	});
});
