import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import axios, { type AxiosInstance, type AxiosRequestConfig } from 'axios';
import { parse } from 'flatted';
import type {
	INode,
	ExecutionStatus,
	IBinaryData,
	ICredentialType,
	IDataObject,
	INodeExecutionData,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	INodeTypeDescription,
	IRunExecutionData,
	ITaskData,
	IWorkflowBase,
	ResourceMapperFields,
} from 'n8n-workflow';

import { outputIssues } from '../nodes/output-schemas';
import { describedNodes } from '../tools/described-nodes';

/** A workflow as exported from the editor, or written by hand. */
export type WorkflowSource = Pick<IWorkflowBase, 'name' | 'nodes' | 'connections'> &
	Partial<Pick<IWorkflowBase, 'settings' | 'pinData'>>;

export interface SavedWorkflow extends WorkflowSource {
	id: string;
	versionId: string;
	active: boolean;
}

export interface CredentialReference {
	id: string;
	name: string;
}

export interface CredentialTest {
	status: 'OK' | 'Error';
	message: string;
}

/** The first and last node of a manual run. A workflow without a manual trigger needs one of the two. */
export interface RunOptions {
	/** Name of the trigger to start from; the manual trigger if not set. */
	trigger?: string;
	/** Name of the last node to run; all of them if not set. */
	lastNode?: string;
}

/** A stored execution, with its run data parsed. */
export interface Execution {
	id: string;
	workflowId: string;
	mode: string;
	status: ExecutionStatus;
	startedAt: string;
	stoppedAt?: string;
	waitTill?: string | null;
	data: IRunExecutionData;
	/** The workflow as it was when it ran. */
	workflowData?: { nodes: INode[] };
}

/** A request for what a node's dynamic parameter shows in the editor. */
export interface DynamicParameter {
	/** Full type name, such as `n8n-nodes-kie-ai.kieImage`. */
	nodeType: string;
	version?: number;
	/** Name of the method under `methods.loadOptions`, `methods.listSearch` or `methods.resourceMapping`. */
	method: string;
	/** Path of the parameter, such as `model`. */
	path: string;
	parameters: INodeParameters;
	credentials?: Record<string, CredentialReference>;
}

export interface Owner {
	email: string;
	password: string;
	firstName: string;
	lastName: string;
}

const FINAL_STATES: readonly ExecutionStatus[] = ['success', 'error', 'crashed', 'canceled'];

/** n8n ties a session to the browser that opened it; any constant works. */
export const BROWSER_ID = 'end-to-end';

/** n8n's internal REST API, the one that the editor uses. Every call rejects with method, path, status and n8n's reason. */
export class N8nClient {
	private constructor(
		private readonly http: AxiosInstance,
		/** `name=value` of the session. */
		readonly cookie: string,
	) {}

	/** Takes over a session, by its cookie. */
	static resume(url: string, cookie: string): N8nClient {
		const http = connect(url);
		http.defaults.headers.common.cookie = cookie;
		return new N8nClient(http, cookie);
	}

	/** Sets up the owner if there is none, and logs in. */
	static async login(url: string, owner: Owner): Promise<N8nClient> {
		const http = connect(url);
		const settings = await http.get<{ data: { userManagement: { showSetupOnFirstLoad: boolean } } }>('/rest/settings');
		const session = settings.data.data.userManagement.showSetupOnFirstLoad
			? await http.post('/rest/owner/setup', owner)
			: await http.post('/rest/login', { emailOrLdapLoginId: owner.email, password: owner.password });
		const cookie = session.headers['set-cookie']?.map((line) => line.split(';', 1).join('')).join('; ');
		if (!cookie) throw new Error(`Login answered ${session.status}: ${JSON.stringify(session.data)}`);
		return N8nClient.resume(url, cookie);
	}

	async createCredential(type: string, data: IDataObject, name = type): Promise<CredentialReference> {
		const { id } = await this.call<CredentialReference>({
			method: 'POST',
			url: '/rest/credentials',
			data: { name, type, data },
		});
		return { id, name };
	}

	/** The result of "Test" in the credential's dialog. */
	async testCredential(type: string, credential: CredentialReference, data: IDataObject): Promise<CredentialTest> {
		return await this.call({
			method: 'POST',
			url: '/rest/credentials/test',
			data: { credentials: { ...credential, type, data } },
		});
	}

	async createWorkflow(workflow: WorkflowSource): Promise<SavedWorkflow> {
		return await this.call({ method: 'POST', url: '/rest/workflows', data: { settings: {}, ...workflow } });
	}

	async updateWorkflow(id: string, { nodes, connections }: WorkflowSource): Promise<void> {
		await this.call({ method: 'PATCH', url: `/rest/workflows/${id}`, data: { nodes, connections } });
	}

	/** Activates the workflow; production webhooks respond about a second later. */
	async activate({ id, versionId }: SavedWorkflow): Promise<SavedWorkflow> {
		return await this.call({ method: 'POST', url: `/rest/workflows/${id}/activate`, data: { versionId } });
	}

	/** Starts a manual run, as the editor's button does, and returns the execution's ID immediately. */
	async startWorkflow({ id, nodes }: SavedWorkflow, { trigger, lastNode }: RunOptions = {}): Promise<string> {
		const start = trigger ?? nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger')?.name;
		const { executionId } = await this.call<{ executionId?: string }>({
			method: 'POST',
			url: `/rest/workflows/${id}/run`,
			data: {
				...(start !== undefined && { triggerToStartFrom: { name: start } }),
				...(lastNode !== undefined && { destinationNode: { nodeName: lastNode, mode: 'inclusive' } }),
			},
		});
		if (executionId === undefined) throw new Error(`Workflow ${id} waits for a webhook call instead of running`);
		return executionId;
	}

	/** Runs the workflow manually and waits until it completes; a failed run is a result here, not an exception. */
	async runWorkflow(workflow: SavedWorkflow, options: RunOptions = {}, limitMs = 120_000): Promise<Execution> {
		return await this.waitForExecution(await this.startWorkflow(workflow, options), limitMs);
	}

	async getExecution(id: string): Promise<Execution> {
		const stored = await this.call<Omit<Execution, 'data'> & { data: string }>({ url: `/rest/executions/${id}` });
		const data: IRunExecutionData = parse(stored.data);
		return { ...stored, data };
	}

	/** Newest first, without run data; n8n lists 100 at most, those before the execution `lastId`. */
	async listExecutions(workflowId: string, lastId?: string): Promise<Array<Omit<Execution, 'data'>>> {
		const { results } = await this.call<{ results: Array<Omit<Execution, 'data'>> }>({
			url: '/rest/executions',
			params: { filter: JSON.stringify({ workflowId }), limit: 100, lastId },
		});
		return results;
	}

	async listAllExecutions(workflowId: string): Promise<Array<Omit<Execution, 'data'>>> {
		const executions: Array<Omit<Execution, 'data'>> = [];
		for (;;) {
			const page = await this.listExecutions(workflowId, executions.at(-1)?.id);
			if (page.length === 0) return executions;
			executions.push(...page);
		}
	}

	/** Waits until the execution has one of the states; by default, until it has completed. */
	async waitForExecution(
		id: string,
		limitMs = 120_000,
		states: readonly ExecutionStatus[] = FINAL_STATES,
	): Promise<Execution> {
		const deadline = Date.now() + limitMs;
		for (;;) {
			const execution = await this.getExecution(id).catch(orNothingYet);
			if (execution && states.includes(execution.status)) return execution;
			if (Date.now() > deadline)
				throw new Error(`Execution ${id} is still ${execution?.status ?? 'without data'} after ${limitMs} ms`);
			await sleep(200);
		}
	}

	/** Retries an execution as the editor does, and returns the ID of the new one. `loadWorkflow`: with the saved workflow. */
	async retryExecution(id: string, data: { loadWorkflow?: boolean } = {}): Promise<string> {
		const retried = await this.call<{ id: string }>({ method: 'POST', url: `/rest/executions/${id}/retry`, data });
		return retried.id;
	}

	async stopExecution(id: string): Promise<void> {
		await this.call({ method: 'POST', url: `/rest/executions/${id}/stop` });
	}

	/** Every node type that the editor would list. */
	async listNodeTypes(): Promise<INodeTypeDescription[]> {
		const { data } = await this.http.get<INodeTypeDescription[]>('/types/nodes.json');
		return data;
	}

	/** Every type of credential that the editor would list. */
	async listCredentialTypes(): Promise<ICredentialType[]> {
		const { data } = await this.http.get<ICredentialType[]>('/types/credentials.json');
		return data;
	}

	async loadOptions(parameter: DynamicParameter): Promise<INodePropertyOptions[]> {
		return await this.dynamic('options', parameter);
	}

	async searchList(parameter: DynamicParameter, filter?: string): Promise<INodeListSearchResult> {
		return await this.dynamic('resource-locator-results', parameter, { filter });
	}

	async mapperFields(parameter: DynamicParameter): Promise<ResourceMapperFields> {
		return await this.dynamic('resource-mapper-fields', parameter);
	}

	/** The bytes behind an item's binary field, as the editor downloads them. */
	async downloadBinary(binary: IBinaryData): Promise<Buffer> {
		if (binary.id === undefined) return Buffer.from(binary.data, 'base64');
		const { data, status } = await this.http.get<ArrayBuffer>('/rest/binary-data', {
			params: { id: binary.id, action: 'download' },
			responseType: 'arraybuffer',
		});
		if (status !== 200) throw new Error(`GET /rest/binary-data answered ${status} for ${binary.id}`);
		return Buffer.from(data);
	}

	private async dynamic<T>(kind: string, parameter: DynamicParameter, fields: IDataObject = {}): Promise<T> {
		const { nodeType, version = 1, method, path, parameters, credentials } = parameter;
		return await this.call({
			method: 'POST',
			url: `/rest/dynamic-node-parameters/${kind}`,
			data: {
				path,
				methodName: method,
				nodeTypeAndVersion: { name: nodeType, version },
				currentNodeParameters: parameters,
				credentials,
				...fields,
			},
		});
	}

	private async call<T>(request: AxiosRequestConfig): Promise<T> {
		const { method = 'GET', url } = request;
		// An error of axios holds the whole connection, which no report can print.
		const { status, data } = await this.http
			.request<{ data: T; message?: string }>(request)
			.catch((error: Error) => Promise.reject(new Error(`${method} ${url}: ${error.message}`)));
		if (status >= 200 && status < 300) return data.data;
		throw new Error(`${method} ${url} answered ${status}: ${data.message ?? JSON.stringify(data)}`);
	}
}

/** Older versions respond with 500 while an execution has no data yet. */
function orNothingYet(error: Error): undefined {
	if (!error.message.includes('answered 500')) throw error;
}

function connect(baseURL: string): AxiosInstance {
	return axios.create({
		baseURL,
		// n8n closes idle connections after some seconds; a request at that moment would fail.
		httpAgent: new Agent({ keepAlive: false }),
		headers: { 'browser-id': BROWSER_ID },
		maxBodyLength: Infinity,
		validateStatus: () => true,
	});
}

/** The last run of a node. Throws when it did not run. */
export function nodeRun(execution: Execution, node: string): ITaskData {
	const run = execution.data.resultData.runData[node]?.at(-1);
	if (!run) {
		const reason = execution.data.resultData.error?.message ?? 'no reason given';
		throw new Error(`"${node}" did not run; the execution is ${execution.status}: ${reason}`);
	}
	return run;
}

/** The items that a node returned. */
export function nodeItems(execution: Execution, node: string, output = 0): INodeExecutionData[] {
	const items = nodeRun(execution, node).data?.main?.[output] ?? [];
	holdAgainstSchema(execution, node, items);
	return items;
}

/** Throws if a node of the package returned what its schema does not have. */
function holdAgainstSchema({ workflowData }: Execution, name: string, items: INodeExecutionData[]): void {
	const node = workflowData?.nodes.find((candidate) => candidate.name === name);
	const described = describedNodes.find(({ description }) => node?.type === `n8n-nodes-kie-ai.${description.name}`);
	if (!node || !described) return;
	const issues = outputIssues(described.description, node.parameters, items);
	if (issues.length > 0) throw new Error(`The output of ${name} is not as its schema says: ${issues.join('; ')}`);
}
