import 'reflect-metadata';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';

import { Container } from '@n8n/di';
import { BinaryDataService, WebhookContext } from 'n8n-core';
import type { IDataObject, INode, INodeExecutionData, INodeParameters, IWebhookData } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';

import { KieTrigger } from '../../nodes/KieTrigger/KieTrigger.node';
import type { Simulator } from '../simulator';
import { additionalData } from './engine';
import { listen } from './listen';

/** Receives callbacks as n8n's webhook server does, in n8n's own context, and records what would start a workflow. */

export interface HostOptions {
	parameters?: INodeParameters;
	credentials?: { webhookSecret?: string; baseUrl?: string; apiKey?: string };
	/** As when the editor listens for a test event. */
	isTest?: boolean;
}

export interface Host {
	url: string;
	/** The items that started a workflow. */
	started: INodeExecutionData[];
	/** How many workflows that were. */
	starts: number;
	/** The static data of the workflow in n8n's database; undefined: nothing yet. */
	stored?: IDataObject;
	/** How long a workflow takes to start. */
	startMs: number;
	/** How many workflows fail to start, as without n8n's database. */
	failStarts: number;
	/** As n8n after a restart: another process with the same stored data. */
	restart(): void;
	close(): Promise<void>;
}

const trigger = new KieTrigger();

export async function startHost(
	simulator: Simulator,
	{ parameters = {}, credentials = {}, isTest = false }: HostOptions = {},
): Promise<Host> {
	await Container.get(BinaryDataService).init();
	// What the node remembers in the process is kept by the node's ID.
	let nodeId = String(Math.random());

	const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const send = (status: number, body: unknown) => {
			response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
		};
		const rawBody = await buffer(request);
		const [contentType] = (request.headers['content-type'] ?? '').split(';');
		let body: unknown;
		try {
			if (contentType === 'application/json' && rawBody.length > 0) body = JSON.parse(rawBody.toString());
		} catch {
			return send(422, { message: 'Failed to parse request body' });
		}
		const node: INode = {
			id: nodeId,
			name: 'Kie Trigger',
			type: 'kieTrigger',
			typeVersion: 1.1,
			position: [0, 0],
			parameters: { events: ['success', 'failure'], ...parameters },
			credentials: { kieAiApi: { id: '1', name: 'Kie' } },
		};
		const nodeTypes = { getByName: () => trigger, getByNameAndVersion: () => trigger, getKnownTypes: () => ({}) };
		// Each delivery has what is in the database when it arrives.
		const staticData = structuredClone(host.stored);
		const newWorkflow = () =>
			new Workflow({ id: 'test', active: true, nodes: [node], connections: {}, nodeTypes, staticData });
		const workflow = newWorkflow();
		const save = () => {
			if (workflow.staticData.__dataChanged !== true) return;
			host.stored = JSON.parse(JSON.stringify(workflow.staticData));
			workflow.staticData.__dataChanged = false;
		};
		const data = additionalData(simulator, { credentials });
		data.httpRequest = Object.assign(request, { rawBody, body });
		data.httpResponse = Object.assign(response, {
			status: (code: number) => Object.assign(response, { statusCode: code }),
			json: (answer: object) => send(response.statusCode, answer),
		});
		const webhookData: IWebhookData = {
			httpMethod: 'POST',
			node: node.name,
			path: 'webhook',
			webhookDescription: { name: 'default', httpMethod: 'POST', path: 'webhook' },
			workflowId: 'test',
			workflowExecuteAdditionalData: data,
		};
		const mode = isTest ? 'manual' : 'webhook';
		const context = new WebhookContext(workflow, node, data, mode, webhookData, [], null);
		const { workflowData, noWebhookResponse, webhookResponse } = await trigger.webhook.call(context);
		if (noWebhookResponse) save();
		if (workflowData) {
			// n8n 2.40 builds the workflow a second time from the same data, which marks it as unchanged, and writes the execution
			// to its database before it saves (WorkflowRunner.run, WorkflowStaticDataService.saveStaticData).
			newWorkflow();
			await wait(host.startMs);
			if (host.failStarts > 0) {
				host.failStarts -= 1;
				return send(500, { message: 'There was a problem executing the workflow' });
			}
			host.started.push(...workflowData.flat());
			host.starts += 1;
		}
		if (noWebhookResponse) return;
		save();
		send(200, webhookResponse);
	};

	const server = createServer((request, response) => {
		receive(request, response).catch((error: unknown) => {
			if (!response.headersSent) response.writeHead(500);
			response.end(String(error));
		});
	});
	const host: Host = {
		url: '',
		started: [],
		starts: 0,
		startMs: 20,
		failStarts: 0,
		restart: () => (nodeId = String(Math.random())),
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	host.url = await listen(server);
	return host;
}
