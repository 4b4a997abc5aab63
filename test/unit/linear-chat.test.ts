import { excerptOf, replyText } from '../../nodes/shared/chat/chatError';
import { findChatModel } from '../../nodes/shared/chat/chatModels';
import { eventStreamParser } from '../../nodes/shared/chat/eventStream';
import { parseJsonReply } from '../../nodes/shared/chat/jsonOutput';
import { fileKind } from '../../nodes/shared/chat/messageParts';
import { protocols } from '../../nodes/shared/chat/protocols';
import { replyReader } from '../../nodes/shared/chat/readReply';
import { cpuMs } from './cpu-time';

/** Text from outside is read in linear time in chat too: 1 MB of the most unfavorable text takes less than 50 ms. */

const LENGTH = 1_000_000;
const LIMIT_MS = 50;

/** 1 MB of a text, repeated between a beginning and an end. */
const repeated = (unit: string, start = '', end = ''): string =>
	start + unit.repeat(Math.ceil((LENGTH - start.length - end.length) / unit.length)) + end;

const readPlain = (statusCode: number) => (text: string) => {
	const reader = replyReader(protocols['openai-chat'], { statusCode, headers: {} });
	reader.push(Buffer.from(text));
	reader.finish();
};
const readPieces = (text: string) => {
	const reader = replyReader(protocols['openai-chat'], { statusCode: 200, headers: {} });
	const bytes = Buffer.from(text);
	for (let at = 0; at < bytes.length; at += 1000) reader.push(bytes.subarray(at, at + 1000));
	reader.finish();
};
const parseEvents = (text: string) => {
	const parser = eventStreamParser();
	parser.push(text);
	parser.flush();
};

it.each<[string, (text: string) => unknown, string[]]>([
	[
		'the JSON of a reply',
		parseJsonReply,
		[
			repeated('`'),
			repeated('```'),
			repeated('\n', '```json\n'),
			repeated('\n', '```json\n', '```x'),
			repeated(' ', '```', 'x'),
			repeated(' \n', '', '```\n```'),
			repeated('```json\n{\n', '', '\n```'),
		],
	],
	[
		'server-sent events',
		parseEvents,
		[repeated('\r'), repeated('\n'), repeated('\r\n'), repeated(':'), repeated(' ', 'data:'), repeated('data: \r')],
	],
	['a reply in pieces', readPieces, [repeated(' '), repeated('\r'), repeated('data:'), repeated(':')]],
	['a plain reply', readPlain(200), [repeated('<'), repeated('<script'), repeated(' ', '<')]],
	[
		'an error page',
		readPlain(502),
		[repeated('<'), repeated('<script>'), repeated('<a '), repeated(' \n'), repeated('</script')],
	],
	['the text of an error', replyText, [repeated('🦊'), repeated('a')]],
	['the excerpt of an error', excerptOf, [repeated('🦊'), repeated('a')]],
	[
		'the ID of a model',
		findChatModel,
		[repeated('codex', 'gpt-'), repeated('1-', 'gemini-'), repeated('-openai', 'gemini-1-1-')],
	],
	['the URL of a file', (url) => fileKind({ type: 'file', url }), [repeated('?', '', '\n'), repeated('.a')]],
])('%s is read in linear time', (_, read, texts) => {
	for (const text of texts) {
		const sample = `${text.slice(0, 20)}…${text.slice(-5)}`;
		const ms = cpuMs(() => read(text), LIMIT_MS);
		expect([sample, ms < LIMIT_MS ? 'fast' : `${Math.round(ms)} ms`]).toEqual([sample, 'fast']);
	}
});
