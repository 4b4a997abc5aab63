import type { ValidateFunction } from 'ajv';
import Ajv from 'ajv';
import type { INodeExecutionData, INodeParameters, INodeTypeDescription } from 'n8n-workflow';

import { outputSchemas as audio } from '../../nodes/KieAudio/outputSchemas';
import { outputSchemas as chat } from '../../nodes/KieChat/outputSchemas';
import { outputSchemas as common } from '../../nodes/KieCommon/outputSchemas';
import { outputSchemas as image } from '../../nodes/KieImage/outputSchemas';
import { outputSchemas as suno } from '../../nodes/KieSuno/outputSchemas';
import { outputSchemas as video } from '../../nodes/KieVideo/outputSchemas';
import type { ResultField } from '../../nodes/shared/adapters/resultShape';
import type { OutputSchemas } from '../../nodes/shared/run/outputSchema';

/** The output schemas of each node, by its name. */
export const schemasOfNodes: Record<string, OutputSchemas> = {
	kieAudio: audio,
	kieChat: chat,
	kieCommon: common,
	kieImage: image,
	kieSuno: suno,
	kieVideo: video,
};

const ajv = new Ajv({ strict: false, allErrors: true });
const validators = new Map<ResultField, ValidateFunction>();

/** The issues of the items that a node returned for its parameters, by the schema that the editor shows. */
export function outputIssues(
	node: Pick<INodeTypeDescription, 'name' | 'properties'>,
	parameters: INodeParameters,
	items: INodeExecutionData[],
): string[] {
	const schema = schemaOf(node, parameters);
	if (!schema) return [];
	const validate = validators.get(schema) ?? ajv.compile(schema);
	validators.set(schema, validate);
	const results = items.map(({ json }) => json).filter((json) => !('error' in json));
	return results.flatMap((json) => {
		const isValid = validate(json);
		const unknown = Object.keys(json).filter((name) => !isKnown(schema, name));
		return [
			...(isValid ? [] : [ajv.errorsText(validate.errors)]),
			...unknown.map((name) => `${name} is not in the schema`),
		];
	});
}

/** The schema of an output whose fields are known; undefined for raw data and for what any task or model may return. */
function schemaOf(
	{ name, properties }: Pick<INodeTypeDescription, 'name' | 'properties'>,
	parameters: INodeParameters,
): ResultField | undefined {
	const { resource, options = {} } = parameters;
	const isRaw = typeof options !== 'object' || options === null || ('simplify' in options && options.simplify !== true);
	if (isRaw || parameters.simplify === false) return undefined;
	const preset = (parameterName: string) =>
		properties.find((property) => {
			const shownFor = property.displayOptions?.show?.resource;
			return (
				property.name === parameterName && (shownFor === undefined || shownFor.some((value) => value === resource))
			);
		})?.default;
	const operation = parameters.operation ?? preset('operation');
	if (operation === 'customModel' || resource === 'task' || parameters.executionMode === 'validateOnly')
		return undefined;
	const key = [resource ?? preset('resource'), operation].filter((part) => part !== undefined).join('/');
	return schemasOfNodes[name]?.[key];
}

/** Whether a schema has a field. With One Item per Track, those of a track are at the top level. */
function isKnown({ properties = {} }: ResultField, name: string): boolean {
	const ofTrack = properties.tracks?.items?.properties;
	return (
		name in properties || name === 'fileIndex' || (ofTrack !== undefined && (name in ofTrack || name === 'audioId'))
	);
}
