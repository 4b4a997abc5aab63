import 'reflect-metadata';
import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import { BinaryDataService, ExecutionLifecycleHooks, ExternalSecretsProxy, WorkflowExecute } from 'n8n-core';
import type {
	IBinaryData,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	INodeTypes,
	IRequestOptionsSimplified,
	IRun,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { createEmptyRunExecutionData, ICredentialsHelper, NodeConnectionTypes, Workflow } from 'n8n-workflow';

import { KieAiApi } from '../../credentials/KieAiApi.credentials';
import { KieImage } from '../../nodes/KieImage/KieImage.node';
import type { Simulator } from '../simulator';
import { outputIssues } from './output-schemas';

/** Runs workflows in n8n's own engine (n8n-core), without n8n's server. */

const EXECUTION_ID = '1';

/** Replaces n8n's encrypted credential store; it authenticates requests as the credential defines. */
class Credentials extends ICredentialsHelper {
	constructor(
		private readonly data: ICredentialDataDecryptedObject,
		private readonly type: ICredentialType = new KieAiApi(),
	) {
		super();
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		_name: string,
		options: IHttpRequestOptions | IRequestOptionsSimplified,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.type;
		if (typeof authenticate !== 'function') throw new Error('The credential signs nothing');
		return await authenticate(credentials, { ...options, url: 'url' in options ? options.url : '' });
	}

	async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	async getDecrypted(): Promise<ICredentialDataDecryptedObject> {
		return this.data;
	}

	getCredentials(): never {
		throw new Error('not used');
	}

	updateCredentials(): never {
		throw new Error('not used');
	}

	updateCredentialsOauthTokenData(): never {
		throw new Error('not used');
	}

	getCredentialsProperties() {
		return this.type.properties;
	}
}

/** A node that outputs the items of a test, with files as n8n stores them; a file of several items is stored once. */
function sourceNode(items: TestItem[]): INodeType {
	const stored = new Map<TestFile, Promise<IBinaryData>>();
	return {
		description: {
			displayName: 'Source',
			name: 'source',
			group: ['input'],
			version: 1,
			description: 'Gives items',
			defaults: {},
			inputs: [],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		async execute(this: IExecuteFunctions) {
			return [
				await Promise.all(
					items.map(async ({ json = {}, files = {}, isLost = false }): Promise<INodeExecutionData> => {
						const binary: Record<string, IBinaryData> = {};
						for (const [field, file] of Object.entries(files)) {
							const binaryData = stored.get(file) ?? this.helpers.prepareBinaryData(file.data, file.name, file.type);
							stored.set(file, binaryData);
							binary[field] = isLost ? { ...(await binaryData), id: 'filesystem-v2:gone' } : await binaryData;
						}
						return { json, ...(Object.keys(binary).length > 0 ? { binary } : {}) };
					}),
				),
			];
		},
	};
}

/** Outputs its input, so that a test sees what reaches the next node; in a loop it ends the last round. */
function sinkNode(rounds = Infinity): INodeType {
	let round = 0;
	return {
		description: {
			displayName: 'Sink',
			name: 'sink',
			group: ['output'],
			version: 1,
			description: 'Ends a branch',
			defaults: {},
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		async execute(this: IExecuteFunctions) {
			round += 1;
			return [round < rounds ? this.getInputData() : []];
		},
	};
}

export interface TestFile {
	data: Buffer;
	name: string;
	type: string;
}

export interface TestItem {
	json?: IDataObject;
	files?: Record<string, TestFile>;
	/** Whether n8n no longer stores the files. */
	isLost?: boolean;
}

export interface RunOptions {
	/** Default: one empty item. */
	items?: TestItem[];
	parameters: INodeParameters;
	/** The node under test; if not set: Kie Image. */
	node?: INodeType;
	/** Node settings such as `onError` and `retryOnFail`. */
	settings?: Partial<INode>;
	credentials?: Partial<Record<'apiKey' | 'baseUrl' | 'uploadBaseUrl' | 'webhookSecret', string>>;
	/** Stops the execution after this many ms. */
	stopAfterMs?: number;
	/** How often the node runs, in a loop over its own output; if not set: once. */
	rounds?: number;
}

export interface RunResult {
	/** Items of the main output. */
	items: INodeExecutionData[];
	/** Items of the error output. */
	errorItems: INodeExecutionData[];
	/** The error that stopped the node. */
	error?: { message: string; description?: string | null; name: string; httpCode?: string | null };
	run: IRun;
	/** Everything that n8n keeps of the execution, as text. */
	stored: string;
	/** Everything that was logged during the run, by the node, n8n or others. */
	logged: string;
	seconds: number;
}

/** The error of an item of Continue On Fail, by its index in the main output or the given items. */
export function failureOf(
	{ items }: Pick<RunResult, 'items'>,
	index: number,
): { error: string; description: string; taskId?: unknown } {
	const { error } = items[index]?.json ?? {};
	const { message, description, taskId } = isRecord(error) ? error : {};
	return { error: String(message), description: String(description), taskId };
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}

let binaryReady: Promise<void> | undefined;

/** A finished result file as bytes. */
export async function readBinary(binary: IBinaryData): Promise<Buffer> {
	return binary.id === undefined
		? Buffer.from(binary.data, 'base64')
		: await Container.get(BinaryDataService).getAsBuffer(binary);
}

/** Runs one node on items, in a real execution: source, node under test, and a sink on each output. */
export async function runNode(simulator: Simulator, options: RunOptions): Promise<RunResult> {
	binaryReady ??= Container.get(BinaryDataService).init();
	await binaryReady;

	const types: Record<string, INodeType> = {
		source: sourceNode(options.items ?? [{}]),
		kie: options.node ?? new KieImage(),
		sink: sinkNode(),
		loop: sinkNode(options.rounds),
	};
	const nodeTypes: INodeTypes = {
		getByName: (name) => types[name] ?? fail(name),
		getByNameAndVersion: (name) => types[name] ?? fail(name),
		getKnownTypes: () => ({}),
	};
	const node = (name: string, type: string, extra: Partial<INode> = {}): INode => ({
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		...extra,
	});
	const source = node('Source', 'source');
	const workflow = new Workflow({
		id: 'test',
		active: false,
		nodeTypes,
		nodes: [
			source,
			node('Kie', 'kie', {
				// Files are downloaded only if a test sets it.
				parameters: { downloadFiles: false, ...options.parameters },
				credentials: { kieAiApi: { id: '1', name: 'Kie' } },
				...options.settings,
			}),
			node('Sink', 'loop'),
			node('Errors', 'sink'),
		],
		connections: {
			Source: { main: [[{ node: 'Kie', type: NodeConnectionTypes.Main, index: 0 }]] },
			Kie: {
				main: [
					[{ node: 'Sink', type: NodeConnectionTypes.Main, index: 0 }],
					[{ node: 'Errors', type: NodeConnectionTypes.Main, index: 0 }],
				],
			},
			...(options.rounds && { Sink: { main: [[{ node: 'Kie', type: NodeConnectionTypes.Main, index: 0 }]] } }),
		},
		settings: { executionOrder: 'v1' },
	});

	const log = listen();
	const startedAt = performance.now();
	const execution = new WorkflowExecute(
		additionalData(simulator, options),
		'manual',
		createEmptyRunExecutionData(),
	).run({
		workflow,
		startNode: source,
	});
	const timer =
		options.stopAfterMs === undefined ? undefined : setTimeout(() => execution.cancel(), options.stopAfterMs);
	const run = await execution.finally(() => log.close());
	clearTimeout(timer);

	const taskData = run.data.resultData.runData.Kie?.at(-1);
	const error = taskData?.error;
	const items = taskData?.data?.main?.[0] ?? [];
	const issues = types.kie ? outputIssues(types.kie.description, options.parameters, items) : [];
	if (issues.length > 0) throw new Error(`The output is not as its schema says: ${issues.join('; ')}`);
	return {
		items,
		errorItems: taskData?.data?.main?.[1] ?? [],
		...(error
			? {
					error: {
						message: error.message,
						description: error.description,
						name: error.name,
						httpCode: 'httpCode' in error ? error.httpCode : undefined,
					},
				}
			: {}),
		run,
		stored: JSON.stringify(run, circularSafe()),
		logged: log.lines.join('\n'),
		seconds: (performance.now() - startedAt) / 1000,
	};
}

/** Records what is sent to n8n's logger and to the console until it is closed. */
function listen(): { lines: string[]; close: () => void } {
	const lines: string[] = [];
	const record = (...entries: unknown[]) =>
		void lines.push(entries.map((entry) => JSON.stringify(entry, circularSafe())).join(' '));
	const loggers = [Container.get(Logger), console];
	const originals = loggers.map(({ error, warn, info, debug }) => ({ error, warn, info, debug }));
	for (const logger of loggers) Object.assign(logger, { error: record, warn: record, info: record, debug: record });
	return { lines, close: () => loggers.forEach((logger, index) => Object.assign(logger, originals[index])) };
}

/** What n8n provides to each context; its credential is for the simulator. */
export function additionalData(
	simulator: Simulator,
	{ credentials }: Pick<RunOptions, 'credentials'>,
): IWorkflowExecuteAdditionalData {
	const unusedContext = () => {
		throw new Error('not used');
	};
	return {
		credentialsHelper: new Credentials({
			apiKey: simulator.apiKey,
			baseUrl: simulator.url,
			uploadBaseUrl: simulator.uploadUrl,
			...credentials,
		}),
		executeWorkflow: unusedContext,
		getRunExecutionData: unusedContext,
		getRuntimeCredential: unusedContext,
		startRunnerTask: unusedContext,
		logAiEvent: unusedContext,
		executionId: EXECUTION_ID,
		currentNodeExecutionIndex: 0,
		restApiUrl: 'http://n8n.test',
		instanceBaseUrl: 'http://n8n.test',
		formBaseUrl: 'http://n8n.test',
		formWaitingBaseUrl: 'http://n8n.test',
		formTestBaseUrl: 'http://n8n.test',
		webhookBaseUrl: 'http://n8n.test',
		webhookWaitingBaseUrl: 'http://n8n.test',
		webhookTestBaseUrl: 'http://n8n.test',
		mcpBaseUrl: 'http://n8n.test',
		mcpTestBaseUrl: 'http://n8n.test',
		variables: {},
		externalSecretsProxy: new ExternalSecretsProxy(),
		hooks: new ExecutionLifecycleHooks('manual', EXECUTION_ID, {
			id: 'test',
			name: 'test',
			active: false,
			isArchived: false,
			createdAt: new Date(0),
			updatedAt: new Date(0),
			nodes: [],
			connections: {},
			activeVersionId: null,
		}),
	};
}

function fail(name: string): never {
	throw new Error(`No node type ${name}`);
}

function circularSafe() {
	const visited = new WeakSet<object>();
	return (_key: string, value: unknown) => {
		if (typeof value === 'object' && value !== null) {
			if (visited.has(value)) return undefined;
			visited.add(value);
		}
		if (value instanceof Error) return { ...value, message: value.message, stack: value.stack, cause: value.cause };
		return value;
	};
}
