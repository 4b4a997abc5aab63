import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { groupBy, lowerFirst, sortBy, uniq, uniqBy } from 'lodash';
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { KieAiApi } from '../../credentials/KieAiApi.credentials';
import { describeFailure, type FailureKind, kindOfCode } from '../../nodes/shared/api/failure';
import { mayHaveBeenAccepted } from '../../nodes/shared/api/retry';
import { chatModels } from '../../nodes/shared/chat/chatModels';
import { describedNodes } from './described-nodes';
import { docPages, PROJECT } from './doc-pages';
import { markdownTable, withTables } from './markdown';
import { mediaNodes } from './media-nodes';
import { type SourceText, sourceTexts } from './message-texts';
import { modelTables } from './model-table';

/** `npm run docs:tables` fills the tables of README.md and docs/ from the catalogue, the descriptions of the nodes and their errors. */

type Choice = INodeProperties | INodePropertyOptions | INodePropertyCollection;

const NODE_PARAMETERS = ['resource', 'operation', 'toolDescription'];
/** More choices than this are shown in the form only. */
const MAX_CHOICES = 8;

/** Every table by the name under which pages refer to it. */
export function docsTables(): Record<string, string> {
	const ofNodes = describedNodes.flatMap(({ description: { name, properties } }) => {
		const operations = properties.filter((property) => property.name === 'operation');
		return [
			...(operations.length > 0 ? [[`${name}.operations`, operationsTable(properties)]] : []),
			[`${name}.fields`, fieldsTable(properties)],
		];
	});
	return {
		...Object.fromEntries(ofNodes),
		...modelTables(),
		nodes: nodesTable(),
		credential: fieldsTable(new KieAiApi().properties),
		'media.modes': choicesTable('Mode', propertyOf('kieImage', 'executionMode')),
		'media.options': mediaOptionsTable(),
		'kieSuno.options': sunoOptionsTable(),
		'errors.input': inputErrorsTable(),
		'errors.api': apiErrorsTable(),
	};
}

function nodesTable(): string {
	const modelCounts: Record<string, string> = {
		...Object.fromEntries(mediaNodes.map(({ title, definition: { models } }) => [title, `${models.length} models`])),
		'Kie Chat': `${chatModels.length} models`,
		'Kie Chat Model': `${chatModels.length} models`,
	};
	const rows = describedNodes.map(({ page, description: { displayName, description } }) => [
		`[${displayName}](${page})`,
		description,
		modelCounts[displayName] ?? '',
	]);
	return markdownTable(['Node', 'What it does', 'Models'], rows);
}

function propertyOf(node: string, name: string): INodeProperties | undefined {
	const { description } = describedNodes.find((candidate) => candidate.description.name === node) ?? {};
	return description?.properties.find((property) => property.name === name);
}

function operationsTable(properties: INodeProperties[]): string {
	const operations = properties.filter(({ name }) => name === 'operation');
	const resources = properties.find(({ name }) => name === 'resource')?.options ?? [];
	const rows = operations.flatMap((property) => {
		const [resource] = property.displayOptions?.show?.resource ?? [];
		const resourceName = resources.flatMap((option) =>
			'value' in option && option.value === resource ? option.name : [],
		);
		return choicesOf(property).map(({ name, description }) => [...resourceName, name, description]);
	});
	return markdownTable([...(resources.length > 0 ? ['Resource'] : []), 'Operation', 'What it does'], rows);
}

function choicesTable(title: string, property?: INodeProperties): string {
	return markdownTable(
		[title, 'What it does'],
		property ? choicesOf(property).map(({ name, description }) => [name, description]) : [],
	);
}

/** All parameters below Resource and Operation, those of collections under the name of their collection. */
function fieldsTable(properties: INodeProperties[]): string {
	const listedProperties = properties.filter(({ name, type }) => type !== 'notice' && !NODE_PARAMETERS.includes(name));
	const perOperation = properties.some(({ name }) => name === 'resource');
	const rows = listedProperties.flatMap((property) => {
		const place = perOperation ? [placeOf(property, properties)] : [];
		if (property.type === 'collection')
			return optionsOf(property).map((option) => [...place, ...fieldRow(option, `${property.displayName} › `)]);
		return [[...place, ...fieldRow(property)]];
	});
	return markdownTable([...(perOperation ? ['For'] : []), 'Field', 'Default', 'Description'], rows);
}

function fieldRow(property: INodeProperties, prefix = ''): string[] {
	return [`${prefix}${property.displayName}`, defaultOf(property), explanationOf(property)];
}

/** The resource and the operations that show a parameter, in the words of the form. Without a resource the operations tell it. */
function placeOf({ displayOptions }: INodeProperties, properties: INodeProperties[]): string {
	const { operation = [], resource = resourcesOf(operation, properties) } = displayOptions?.show ?? {};
	const optionNames = (name: string, values: unknown[]) =>
		uniq(
			properties
				.filter((property) => property.name === name)
				.filter(
					({ displayOptions: ownOptions }) =>
						ownOptions === undefined || ownOptions.show?.resource?.some((value) => resource.includes(value)),
				)
				.flatMap((property) =>
					choicesOf(property).flatMap((choice) => (values.includes(choice.value) ? choice.name : [])),
				),
		).join(', ');
	return [optionNames('resource', resource), optionNames('operation', operation)].filter(Boolean).join(': ');
}

function resourcesOf(operations: unknown[], properties: INodeProperties[]) {
	return properties
		.filter(({ name }) => name === 'operation')
		.filter((property) => choicesOf(property).some(({ value }) => operations.includes(value)))
		.flatMap(({ displayOptions }) => displayOptions?.show?.resource ?? []);
}

function optionsOf({ options = [] }: INodeProperties): INodeProperties[] {
	return options.filter(
		// What is shown only while it is set is not offered.
		(option): option is INodeProperties => 'type' in option && !option.displayOptions?.show?.[option.name],
	);
}

function choicesOf({ options = [] }: INodeProperties): Array<{ name: string; value: unknown; description: string }> {
	return options.flatMap((option: Choice) =>
		'value' in option ? [{ name: option.name, value: option.value, description: option.description ?? '' }] : [],
	);
}

/** The description of a parameter, with its choices. */
function explanationOf(property: INodeProperties): string {
	const { description = '', hint = '', type } = property;
	const choices = type === 'options' || type === 'multiOptions' ? choicesOf(property) : [];
	const isPlain = choices.every((choice) => choice.description === '');
	const listedChoices =
		choices.length > MAX_CHOICES || choices.length === 0
			? []
			: isPlain
				? [`One of ${choices.map(({ name }) => `_${name}_`).join(', ')}`]
				: choices.map((choice) => `_${choice.name}_${choice.description && `: ${choice.description}`}`);
	return [description || hint, ...listedChoices].filter(Boolean).map(sentence).join(' ');
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

function defaultOf(property: INodeProperties): string {
	const { default: value, type, placeholder = '' } = property;
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	if (Array.isArray(value) || type === 'options') {
		const names = choicesOf(property).flatMap((choice) =>
			[value].flat().includes(choice.value as string) ? choice.name : [],
		);
		return names.join(', ');
	}
	if (typeof value === 'number') return String(value);
	if (typeof value === 'object' && value !== null && 'value' in value && value.value)
		return `\`${String(value.value)}\``;
	if (value === '' && !placeholder.startsWith('e.g.')) return lowerFirst(placeholder);
	if (typeof value !== 'string' || value === '' || type === 'json') return '';
	return value.startsWith('=') ? 'from the item' : `\`${value}\``;
}

const mediaOptions = () =>
	['kieImage', 'kieVideo', 'kieAudio', 'kieSuno'].map((name) => {
		const options = propertyOf(name, 'options');
		return { name, options: options ? optionsOf(options) : [] };
	});

/** The options that Kie Image, Kie Video, Kie Audio and Kie Suno share, with the default of each node where they differ. */
function mediaOptionsTable(): string {
	const nodes = mediaOptions();
	const [{ options: shared } = { options: [] }] = nodes;
	const rows = shared.map((option) => {
		const defaults = nodes.flatMap(({ name, options }) => {
			const ownOption = options.find((candidate) => candidate.name === option.name);
			return ownOption ? [{ node: name.replace(/^kie/, ''), value: defaultOf(ownOption) }] : [];
		});
		const differ = uniqBy(defaults, 'value').length > 1;
		return [
			option.displayName,
			differ ? defaults.map(({ node, value }) => `${node}: ${value}`).join(', ') : defaultOf(option),
			explanationOf(option),
		];
	});
	return markdownTable(['Option', 'Default', 'Description'], rows);
}

/** The options that only Kie Suno has, or has with another label. */
function sunoOptionsTable(): string {
	const nodes = mediaOptions();
	const labels = nodes
		.filter(({ name }) => name !== 'kieSuno')
		.flatMap(({ options }) => options.map(({ displayName }) => displayName));
	const ownText =
		nodes.find(({ name }) => name === 'kieSuno')?.options.filter(({ displayName }) => !labels.includes(displayName)) ??
		[];
	return markdownTable(
		['Option', 'Default', 'Description'],
		ownText.map((option) => fieldRow(option)),
	);
}

/** The nodes whose errors come from a folder below nodes/; the first that fits. Callbacks and records have no messages for items. */
const PLACES: Array<[folder: RegExp, nodes: string]> = [
	[/^(KieTrigger|shared\/(callbacks|adapters|live|tasks))\//, ''],
	[/^KieChat\//, 'Chat'],
	[/^KieChatModel\//, 'Chat Model'],
	[/^shared\/chat\//, 'Chat, Chat Model'],
	[/^KieCommon\//, 'Common'],
	[/^KieSuno\//, 'Suno'],
	[/^shared\/api\//, 'all'],
	[/^shared\/media\/inputUrl\./, 'Chat, Chat Model, Common, Image, Video, Audio, Suno'],
	[/^shared\/media\//, 'Chat, Image, Video, Audio, Suno'],
	[/^shared\//, 'Image, Video, Audio, Suno'],
];
const DESCRIPTIONS = ['description', 'displayName', 'hint', 'name', 'placeholder'];

/** The messages about input that is rejected before anything is sent. */
function inputErrorsTable(): string {
	const messages = sourceTexts().flatMap((text) => {
		const [, nodes] = PLACES.find(([folder]) => folder.test(text.file)) ?? [];
		return nodes && isInputMessage(text) ? [{ message: text.text, nodes }] : [];
	});
	const rows = Object.entries(groupBy(messages, 'message')).map(([message, places]) => [
		message,
		uniq(places.map(({ nodes }) => nodes)).join(', '),
	]);
	return markdownTable(['Message', 'Nodes'], sortBy(rows, [([, nodes]) => nodes, ([message]) => message]));
}

/** A sentence without a period that is thrown, or that starts with the name of a field. */
function isInputMessage({ text, owner, file }: SourceText): boolean {
	if (DESCRIPTIONS.includes(owner) || !/^['A-Z](?=.* .* )(?!.*([.?>:]$| › ))/.test(text) || / canceled$/.test(text))
		return false;
	return /(Error|badInput|refuse)$/.test(owner) || /^('|Field |Model )/.test(text) || file.endsWith('checkRequest.ts');
}

/** Kie's codes that the docs name (https://docs.kie.ai). */
const CODES = [400, 401, 402, 403, 404, 408, 413, 422, 429, 430, 433, 451, 455, 500, 501, 505, 531, 550];

/** The kinds of failure in the order of the table; only what calls of chat models fail with is `chat`. */
const FAILURES: Record<FailureKind, 'request' | 'chat' | 'no message'> = {
	unauthorized: 'request',
	insufficientCredits: 'request',
	subKeyLimit: 'request',
	rateLimited: 'request',
	invalidInput: 'request',
	notFound: 'request',
	fileNotFetched: 'request',
	fileUnreadable: 'request',
	refused: 'request',
	disabled: 'request',
	maintenance: 'request',
	notSent: 'request',
	serverError: 'request',
	unexpectedResponse: 'request',
	connectionLost: 'request',
	emptyReply: 'chat',
	truncatedReply: 'chat',
	tokenLimit: 'chat',
	timedOut: 'chat',
	// Stops a run with one error for all its items.
	cancelled: 'no message',
};

function apiErrorsTable(): string {
	const kinds = Object.keys(FAILURES).filter((name): name is FailureKind => name in FAILURES);
	const rows = kinds
		.filter((kind) => FAILURES[kind] !== 'no message')
		.map((kind) => {
			const { message, description } = describeFailure({ kind, reason: '' });
			return [message, CODES.filter((code) => kindOfCode(code, '') === kind).join(', '), description, chargedFor(kind)];
		});
	return markdownTable(['Message', 'Code', 'What to do', 'Credits charged'], rows);
}

function chargedFor(kind: FailureKind): string {
	if (FAILURES[kind] === 'chat') return 'Possibly; see <https://kie.ai/logs>';
	return mayHaveBeenAccepted({ kind, reason: '' }) ? 'Possibly; see [unconfirmed tasks](#unconfirmed-tasks)' : 'No';
}

/** Writes all pages of the docs with the current tables. */
function writeTables(): void {
	const tables = docsTables();
	for (const page of docPages) {
		const path = join(PROJECT, page);
		const content = readFileSync(path, 'utf8');
		writeFileSync(path, withTables(content, tables));
	}
}

if (require.main === module) writeTables();
