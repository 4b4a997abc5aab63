import type { ChatTool } from '../shared/chat/chatTypes';
import { ParameterError, parseJsonParameter } from '../shared/chat/jsonParameter';
import { asObject, asText, isEmpty, isObject } from '../shared/json';
import type { Json } from '../shared/json';

/**
 * The tools of an item in any of the usual formats: OpenAI's with `function` around it or flat, or Anthropic's with
 * `input_schema`. Undefined if there are none.
 * @throws ParameterError that names the tool.
 */
export function readTools(value: Json | undefined): ChatTool[] | undefined {
	const tools = parseJsonParameter(value, 'Tools');
	if (isEmpty(tools)) return undefined;
	if (!Array.isArray(tools)) throw new ParameterError("'Tools' must be an array of functions");
	return tools.map((entry, index) => {
		const tool = asObject(asObject(entry).function ?? entry);
		const name = asText(tool.name);
		if (name === undefined) throw new ParameterError(`Function ${index + 1} in 'Tools' has no name`);
		const schema = tool.parameters ?? tool.input_schema;
		const parameters = isObject(schema) ? schema : { type: 'object', properties: {} };
		return { name, description: asText(tool.description), parameters };
	});
}
