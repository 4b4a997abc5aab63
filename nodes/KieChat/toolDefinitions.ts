import { isEmpty, isObject, asText } from '../shared/json';
import type { Json } from '../shared/json';
import { ParameterError, parseJsonParameter } from '../shared/chat/jsonParameter';
import type { ChatTool } from '../shared/chat/chatTypes';

/**
 * Functions in any of the usual forms: OpenAI's with `function` around it or flat, or Anthropic's with `input_schema`.
 * @throws ParameterError that names the function.
 */
export function readTools(value: Json | undefined): ChatTool[] {
	const given = parseJsonParameter(value, 'Tools');
	if (isEmpty(given)) return [];
	if (!Array.isArray(given)) throw new ParameterError("'Tools' has to be a list of functions");
	return given.map((entry, index) => {
		const outer = isObject(entry) ? entry : {};
		const tool = isObject(outer.function) ? outer.function : outer;
		const name = asText(tool.name);
		if (name === undefined) throw new ParameterError(`Function ${index + 1} of 'Tools' has no name`);
		const schema = tool.parameters ?? tool.input_schema;
		const description = asText(tool.description);
		return {
			name,
			...(description !== undefined && { description }),
			parameters: isObject(schema) ? schema : { type: 'object', properties: {} },
		};
	});
}
