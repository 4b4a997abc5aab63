import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import axios from 'axios';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { z } from 'zod';

import type { CredentialReference, Execution, SavedWorkflow, WorkflowSource } from './client';
import type { TestSetup } from './kie';
import type { Outside } from './outside';
import { PROJECT } from './paths';

/** Where an example runs: with a simulated Kie, and with outside services if it uses any. */
export interface ExampleSetup extends Pick<TestSetup, 'n8n' | 'credential'> {
	outside?: Outside;
	/** A credential of Telegram's for the outside services. */
	telegram?: CredentialReference;
}

/** A workflow of `examples/` as a user would set it up: credentials chosen, Google replaced by the outside services. */
export function readExample(file: string, setup: ExampleSetup): WorkflowSource {
	const source: WorkflowSource = JSON.parse(readFileSync(join(PROJECT, 'examples', file), 'utf8'));
	return { ...source, nodes: source.nodes.map((node) => prepared(node, setup)) };
}

/** Imports an example, publishes it, and waits until its webhooks respond. */
export async function publishExample(source: WorkflowSource, { n8n }: ExampleSetup): Promise<SavedWorkflow> {
	const workflow = await n8n.client.createWorkflow(source);
	await n8n.client.activate(workflow);
	await sleep(1500);
	return workflow;
}

function prepared(node: INode, { credential, telegram, outside }: ExampleSetup): INode {
	if (node.type === 'n8n-nodes-kie-ai.kieChatModel') return { ...node, credentials: { kieAiApi: credential } };
	if (node.type.startsWith('n8n-nodes-kie-ai.')) {
		const options = Object(node.parameters.options);
		// The simulator is faster than Kie.
		const parameters = { ...node.parameters, options: { pollInterval: 1, ...options } };
		return { ...node, parameters, credentials: { kieAiApi: credential } };
	}
	if (node.type.startsWith('n8n-nodes-base.telegram') && telegram)
		return { ...node, credentials: { telegramApi: telegram } };
	if (node.type.startsWith('n8n-nodes-base.google') && outside)
		return { ...node, type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2, parameters: request(node, outside.url) };
	return node;
}

const sheetColumns = z.object({ columns: z.object({ value: z.record(z.string()) }) });

/** The HTTP request that replaces a Google node, with the same values. */
function request({ type, parameters }: INode, url: string): INodeParameters {
	if (type === 'n8n-nodes-base.googleDrive')
		return {
			method: 'POST',
			url: `${url}/drive`,
			sendQuery: true,
			queryParameters: { parameters: [{ name: 'name', value: parameters.name ?? '' }] },
			sendBody: true,
			contentType: 'binaryData',
			inputDataFieldName: 'data',
		};
	const columns = sheetColumns.safeParse(parameters);
	if (!columns.success) return { url: `${url}/sheet` };
	const values = Object.entries(columns.data.columns.value).map(([name, value]) => ({ name, value }));
	return { method: 'POST', url: `${url}/sheet`, sendBody: true, bodyParameters: { parameters: values } };
}

/** Sends a form's fields, in their order, and waits until the execution has completed or shows its last page. */
export async function submitForm(
	workflow: SavedWorkflow,
	fields: Array<string | File>,
	{ n8n }: ExampleSetup,
): Promise<Execution> {
	await submitPage(formUrl(workflow, { n8n }), fields);
	return await lastExecution(workflow, { n8n });
}

/** The URL of the form that starts a workflow. */
export function formUrl({ nodes }: SavedWorkflow, { n8n }: Pick<ExampleSetup, 'n8n'>): string {
	const trigger = nodes.find(({ type }) => type === 'n8n-nodes-base.formTrigger');
	return `${n8n.url}/form/${trigger?.webhookId}`;
}

/** Sends the fields of one page of a form, in their order, and returns n8n's response: with `formWaitingUrl`, if more pages follow. */
export async function submitPage(url: string, fields: Array<string | File>): Promise<unknown> {
	const form = new FormData();
	fields.forEach((field, index) => form.append(`field-${index}`, field));
	const { data } = await axios.post<unknown>(url, form);
	return data;
}

/** The newest execution of a workflow, once it has completed or waits for a person. */
export async function lastExecution(
	{ id: workflowId }: SavedWorkflow,
	{ n8n }: Pick<ExampleSetup, 'n8n'>,
): Promise<Execution> {
	for (let attempt = 0; attempt < 50; attempt++) {
		const [newest] = await n8n.client.listExecutions(workflowId);
		if (newest) return await n8n.client.waitForExecution(newest.id, 90_000, ['waiting', 'success', 'error', 'crashed']);
		await sleep(200);
	}
	throw new Error(`Workflow ${workflowId} has not run`);
}

/** The JSON of a node's only item. */
export const onlyItem = (items: Array<{ json: IDataObject }>): IDataObject => {
	if (items.length !== 1) throw new Error(`${items.length} items instead of one`);
	return items[0]?.json ?? {};
};
