import type { IExecuteFunctions, INodeExecutionData, NodeApiError } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import pLimit from 'p-limit';

import { failureError } from '../shared/api/failure';
import { chatError } from '../shared/chat/chatError';
import { chat } from '../shared/chat/sendChat';
import type { ChatMessage } from '../shared/chat/chatTypes';
import type { Upload } from '../shared/media/uploadFile';
import { uploadBinary } from '../shared/media/uploadFile';
import { itemError, attempt } from '../shared/run/runErrors';
import { failedItem } from '../shared/run/outputItems';
import type { AnswerMemory } from './answeredCalls';
import { answerMemory } from './answeredCalls';
import { withFiles } from './chatMessages';
import { outputOf } from './chatOutput';
import type { ChatPlan } from './planChat';
import { planChat } from './planChat';

/** How many models are asked at the same time. */
const AT_ONCE = 5;

type ItemError = NodeApiError | NodeOperationError;

/** What the items of one execution share. */
interface Run {
	context: IExecuteFunctions;
	/** Aborted when the user stops the execution. */
	signal: AbortSignal;
	/** By n8n's binary ID: a file that many items carry is uploaded once. */
	uploads: Map<string, Promise<Upload>>;
	memory: AnswerMemory;
}

/**
 * Asks a model for every item, a few side by side; all items are checked first. Output items are in the order of the
 * input and paired with it.
 * @throws NodeOperationError for bad input, before anything is sent; NodeApiError for a call without a good answer.
 */
export async function executeChats(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const plans = context
		.getInputData()
		.map((_, itemIndex): ChatPlan | ItemError => attempt(context, itemIndex, () => planChat(context, itemIndex)));
	const goesOn = context.continueOnFail();
	const wrong = plans.find(isError);
	if (wrong && !goesOn) throw wrong;

	const signal = context.getExecutionCancelSignal() ?? new AbortController().signal;
	const run: Run = { context, signal, uploads: new Map(), memory: answerMemory(context) };
	const limit = pLimit(AT_ONCE);

	let first: ItemError | undefined;
	const results = await Promise.all(
		plans.map((plan) =>
			limit(async () => {
				// What is under way when an item fails is paid for: it comes to its end, and n8n's next try has use for it.
				if (isError(plan) || signal.aborted || (first && !goesOn)) return plan;
				try {
					return await askFor(run, plan);
				} catch (error) {
					const failure = itemError(context, error, plan.itemIndex);
					first ??= failure;
					return failure;
				}
			}),
		),
	);

	if (signal.aborted) throw stoppedError(context);
	if (first && !goesOn) throw withOthers(first, results);
	// With both Retry On Fail and Continue On Fail n8n runs the node again when the first item failed.
	if (!results.some(isError)) run.memory.clear();
	return [
		results.map((result, itemIndex) => {
			const pairedItem = { item: itemIndex };
			if (isError(result)) return { ...failedItem(result), pairedItem };
			return { json: 'json' in result ? result.json : {}, pairedItem };
		}),
	];
}

function isError(value: object): value is ItemError {
	return value instanceof Error;
}

/** One item: its files are put where Kie can fetch them, then the model is asked. */
async function askFor(run: Run, plan: ChatPlan): Promise<Pick<INodeExecutionData, 'json'>> {
	const { context, signal, memory } = run;
	const { itemIndex, model, timeoutMs, streams } = plan;
	const known = memory.recall(itemIndex);
	if (known) return { json: known };
	const messages = await withUploads(run, plan);
	if (streams) context.sendChunk('begin', itemIndex);
	let hasStreamed = false;
	try {
		const result = await chat(
			context,
			model,
			{ ...plan.request, messages },
			{
				signal,
				timeoutMs,
				...(streams && {
					onDelta: ({ type, text }) => {
						if (type !== 'text') return;
						hasStreamed = true;
						context.sendChunk('item', itemIndex, text);
					},
				}),
			},
		);
		if (result.kind === 'failed') throw chatError(context.getNode(), result.failure, itemIndex);
		// Some models answer in one piece.
		const { text } = result.answer;
		if (streams && !hasStreamed && text !== '') context.sendChunk('item', itemIndex, text);
		const json = outputOf(context, plan, result.answer);
		memory.remember(itemIndex, json);
		return { json };
	} finally {
		if (streams) context.sendChunk('end', itemIndex);
	}
}

async function withUploads({ context, signal, uploads }: Run, plan: ChatPlan): Promise<ChatMessage[]> {
	const urls = new Map<string, string>();
	for (const field of plan.binaries) {
		const binary = context.helpers.assertBinaryData(plan.itemIndex, field);
		const started = binary.id === undefined ? undefined : uploads.get(binary.id);
		const uploading = started ?? uploadBinary(context, binary, signal);
		if (binary.id !== undefined) uploads.set(binary.id, uploading);
		const upload = await uploading;
		if (upload.kind === 'failed') {
			const extra = `The binary field '${field}' could not be uploaded. The model was not asked.`;
			throw failureError(context.getNode(), upload.failure, plan.itemIndex, extra);
		}
		urls.set(field, upload.url);
	}
	return withFiles(plan.request.messages, (field) => ({ url: urls.get(field) }));
}

/** When one item ends the run, the answers of the others are gone, and paid for. */
function withOthers(error: ItemError, results: object[]): ItemError {
	const answered = results.filter((result) => 'json' in result).length;
	if (answered === 0) return error;
	error.description = [
		error.description ?? '',
		`${answered} other ${answered === 1 ? 'item was' : 'items were'} answered.`,
		"With 'On Error' set to continue, such answers come out; with 'Retry On Fail', they are not asked for again.",
	]
		.join(' ')
		.trim();
	return error;
}

/** The word `canceled` in the message is what makes n8n show the execution as canceled instead of failed. */
function stoppedError(context: IExecuteFunctions): NodeOperationError {
	return new NodeOperationError(context.getNode(), 'The execution was canceled', {
		description: 'Kie.ai may charge for answers that were under way; see https://kie.ai/logs.',
	});
}
