import type { INodeProperties } from 'n8n-workflow';

import { apiOptions } from '../shared/adapters';
import type { NumberRange } from '../shared/form/numberRange';

/** Default of 'Signature Age (Seconds)'. */
export const SIGNATURE_AGE_SECONDS = 300;
export const SIGNATURE_AGE_RANGE: NumberRange = { minValue: 1, maxValue: 86_400 };
/** Kie waits 15 s for a response, of which confirming can take 10. */
export const COMBINE_RANGE: NumberRange = { minValue: 0, maxValue: 4 };

const downloadFiles: INodeProperties = {
	displayName: 'Download Files',
	name: 'downloadFiles',
	type: 'boolean',
	default: false,
	description: 'Whether to download the result files to binary fields before the workflow starts. Their URLs expire.',
};

/** The form of Kie Trigger, from top to bottom. */
export const triggerProperties: INodeProperties[] = [
	{
		displayName:
			"Copy the <b>Production URL</b> into the option 'Callback URL' of another Kie node, usually with the mode 'Create Only', and publish this workflow. Kie.ai must be able to reach the URL. The <b>Test URL</b> works only while the editor is listening for a test event. On several n8n instances, begin the URL with <code>{{ $execution.resumeUrl.split('/webhook-waiting/')[0] }}</code>.",
		name: 'urlNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		options: [
			{ name: 'Failure', value: 'failure', description: 'A task failed' },
			{
				name: 'Progress',
				value: 'progress',
				description: 'The lyrics or the first track of a song are ready, and the task is still running',
			},
			{ name: 'Success', value: 'success', description: 'A task completed' },
		],
		default: ['failure', 'success'],
		description: 'The events that start the workflow',
	},
	{
		displayName: 'Confirm with Kie',
		name: 'confirm',
		type: 'boolean',
		default: true,
		description:
			'Whether to read the task from Kie.ai and output its record instead of the posted data. This is free of charge.',
	},
	{
		displayName:
			"Callbacks are trusted without verification. With a 'Webhook HMAC Key' in the credential, they must be signed by Kie.ai, but the signature does not cover their content. Without one, anyone who knows the URL can start this workflow.",
		name: 'unconfirmedNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { confirm: [false] } },
	},
	downloadFiles,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
			{
				displayName: 'APIs',
				name: 'apis',
				type: 'multiOptions',
				options: apiOptions(({ callback }) => callback !== undefined),
				default: [],
				description: 'The APIs whose tasks start the workflow. If empty, all APIs do.',
			},
			{
				displayName: 'Models',
				name: 'models',
				type: 'string',
				default: '',
				placeholder: 'e.g. nano-banana-2, kling-*',
				description:
					'Comma-separated IDs of the models whose tasks start the workflow. A * at the end matches any ending.',
			},
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			// Where version 0.1 had the switch: n8n shows and keeps it while it is on.
			{ ...downloadFiles, displayOptions: { show: { downloadFiles: [true] } } },
			{
				displayName: 'Combine Callbacks Within (Seconds)',
				name: 'combineSeconds',
				type: 'number',
				typeOptions: { ...COMBINE_RANGE, numberPrecision: 1 },
				default: 1,
				description:
					'How long to wait for further callbacks before the workflow starts, with an item for each of them (at most 100). n8n can receive about twice as many callbacks this way. If not set, each callback starts the workflow.',
			},
			{
				displayName: 'Include Raw Body',
				name: 'includeRawBody',
				type: 'boolean',
				default: false,
				description: 'Whether to add the posted data to the output, in the field body',
			},
			{
				displayName: 'Put Output File in Field',
				name: 'binaryProperty',
				type: 'string',
				default: 'data',
				hint: 'The name of the output binary field to put the file in',
				description: 'Further files of a task are put in numbered fields: data_1, data_2',
			},
			{
				displayName: 'Signature Age (Seconds)',
				name: 'signatureAge',
				type: 'number',
				typeOptions: SIGNATURE_AGE_RANGE,
				default: SIGNATURE_AGE_SECONDS,
				description: 'Maximum age of a signature, if the credential has a Webhook HMAC Key',
			},
		],
	},
];
