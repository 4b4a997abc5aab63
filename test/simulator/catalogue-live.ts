import { type Answer, done, reject, rejectForRate } from './answers';
import { chatEndpoints, liveChatModels } from './chat-models';
import type { Call } from './routes';
import type { InputSchema, Json, JsonObject, Model } from './types';
import type { MarketModel } from './world';

/** Kie's live catalogue of models: one request a second for all four paths together. */

const taskTypes: Record<MarketModel['output'], Record<string, string>> = {
	image: { generate: 'Text to Image', edit: 'Image to Image' },
	video: {
		textToVideo: 'Text to Video',
		imageToVideo: 'Image to Video',
		referenceToVideo: 'Image to Video',
		videoToVideo: 'Video to Video',
		avatar: 'Lip Sync',
	},
	music: {},
	audio: { textToSpeech: 'Text to Speech', dialogue: 'Text to Speech', transcribe: 'Speech to Text' },
};
const otherTypes = { image: 'Image Editing', video: 'Video Editing', audio: 'Audio to Audio', music: 'Text to Music' };

const filters = ['taskType', 'provider', 'q'];

/** Served, but not in the list (test/kie-api/platform/models-list.json). */
const unlisted = ['elevenlabs/audio-isolation', 'elevenlabs/sound-effect-v2', 'elevenlabs/speech-to-text'];

/** Listed under a task type that is not theirs. */
const misfiled: Record<string, string[]> = { 'ideogram/v3-text-to-image': ['Text to Video'] };

/** Listed models that are not media models. */
const chatEntries: JsonObject[] = Object.entries(liveChatModels).flatMap(([provider, models]) =>
	models.map((model) => ({
		model,
		slug: model,
		title: model,
		provider,
		taskType: ['Chat'],
		description: null,
		pricingDesc: null,
	})),
);

/** GET /api/v1/models */
export function listModels({ world, account, query }: Call): Answer {
	if (!world.liveReads.admits(account)) return rejectForRate();
	const unknown = [...query.keys()].filter((name) => !filters.includes(name));
	if (world.strict && unknown.length > 0) return reject(422, undefined, `Unknown parameter: ${unknown.join(', ')}`);
	const offered = [...world.models.values()].filter(
		({ model }) => model.status !== 'Retired' && !unlisted.includes(model.id),
	);
	const models = [...offered.map(listEntry), ...chatEntries].filter((entry) => matches(entry, query));
	return done({ total: models.length, models });
}

/** GET /api/v1/models/{model}/schema */
export const modelSchema = (call: Call): Answer =>
	withModel(
		call,
		(served) => ({ openapi: served.withoutPage ? null : openapi(served.model) }),
		(id) => ({ openapi: chatPage(id) }),
	);

/** GET /api/v1/models/{model}/price */
export const modelPrice = (call: Call): Answer =>
	withModel(
		call,
		(served) => ({ pricingDesc: price(served) }),
		() => ({ pricingDesc: null }),
	);

/** GET /api/v1/models/{model}/success-rate */
export const modelSuccessRate = (call: Call): Answer =>
	withModel(
		call,
		() => ({ points: points() }),
		() => ({ points: points() }),
	);

function withModel(
	{ world, account, parts: [id = ''] }: Call,
	ofMarket: (served: MarketModel) => JsonObject,
	ofChat: (id: string) => JsonObject,
): Answer {
	if (!world.liveReads.admits(account)) return rejectForRate();
	const served = world.models.get(id);
	if (served) return done({ model: id, ...ofMarket(served) });
	return chatEntries.some(({ model }) => model === id) ? done({ model: id, ...ofChat(id) }) : reject(404);
}

/** Kie lists Google's families under Google. */
const providers = new Map(
	['Gemini Omni', 'Gemini TTS', 'Imagen', 'Nano Banana', 'Veo'].map((family) => [family, 'Google']),
);

function listEntry(served: MarketModel): JsonObject {
	const { model, output } = served;
	const modelTaskTypes = Object.keys(model.operations).map(
		(operation) => taskTypes[output][operation] ?? otherTypes[output],
	);
	return {
		model: model.id,
		slug: model.id,
		title: model.title,
		provider: providers.get(model.family) ?? model.family,
		taskType: misfiled[model.id] ?? [...new Set(modelTaskTypes)],
		description: null,
		pricingDesc: price(served),
	};
}

const prices: Partial<Record<MarketModel['output'], string>> = {
	image: 'flat 4 credits per image',
	music: '12 credits per call',
};
const price = ({ output }: MarketModel): Json => prices[output] ?? null;

function matches(entry: JsonObject, query: URLSearchParams): boolean {
	const [q, provider, types] = ['q', 'provider', 'taskType'].map((name) => query.get(name)?.toLowerCase());
	const entryTypes = Array.isArray(entry.taskType) ? entry.taskType.map((type) => String(type).toLowerCase()) : [];
	const words = `${String(entry.model)} ${String(entry.title)}`.toLowerCase();
	return (
		(!q || words.includes(q)) &&
		(!provider || String(entry.provider).toLowerCase() === provider) &&
		(!types || types.split(',').some((type) => entryTypes.includes(type.trim())))
	);
}

/** The last 24 hours in steps of ten minutes, the second half without a failure. */
function points(): Json {
	const stamp = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
	const now = Math.floor(Date.now() / 600_000) * 600_000;
	return Array.from({ length: 144 }, (_, index) => {
		const start = now - (144 - index) * 600_000;
		const [successRate, errorRate] = index < 72 ? [0.98, 0.02] : [1, 0];
		return { start: stamp(start), end: stamp(start + 600_000), successRate, errorRate, isNormal: true };
	});
}

/** The page of a model as an OpenAPI document; its local references are percent-encoded, as Kie's are. */
function openapi(model: Model): JsonObject {
	const body = `${model.title} Request`;
	const input = `${model.title} Input`;
	const reference = (name: string): JsonObject => ({ $ref: `#/components/schemas/${encodeURIComponent(name)}` });
	return {
		openapi: '3.1.0',
		info: { title: model.title, version: '1.0.0' },
		paths: {
			'/api/v1/jobs/createTask': {
				post: {
					summary: model.title,
					requestBody: { content: { 'application/json': { schema: reference(body) } } },
					responses: { '200': { description: 'The task was accepted' } },
				},
			},
		},
		components: {
			schemas: {
				[body]: {
					type: 'object',
					required: ['model', 'input'],
					properties: {
						model: { type: 'string', enum: [model.id], default: model.id },
						callBackUrl: { type: 'string', format: 'uri' },
						input: reference(input),
					},
				},
				[input]: { type: 'object', ...asJson(model.input) },
			},
		},
	};
}

/** The page of a chat model: the path that it is on, with the schema of its whole body. */
function chatPage(id: string): JsonObject | null {
	const endpoint = chatEndpoints.find(({ model, body }) => model === id || body.properties.model?.enum?.includes(id));
	if (!endpoint) return null;
	const schema = asJson(endpoint.body);
	const post = { summary: id, requestBody: { content: { 'application/json': { schema } } } };
	return { openapi: '3.1.0', info: { title: id, version: '1.0.0' }, paths: { [endpoint.path]: { post } } };
}

function asJson(schema: InputSchema): JsonObject {
	const copy: JsonObject = JSON.parse(JSON.stringify(schema));
	return copy;
}
