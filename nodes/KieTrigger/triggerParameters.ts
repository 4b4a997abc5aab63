import type { INodeProperties } from 'n8n-workflow';

import { apiOptions } from '../shared/adapters';
import type { NumberRange } from '../shared/form/numberRange';

/** Default of the option of the same name. */
export const SIGNATURE_AGE_SECONDS = 300;
export const SIGNATURE_AGE_RANGE: NumberRange = { minValue: 1, maxValue: 86_400 };

/** The form of Kie Trigger, from top to bottom. */
export const triggerProperties: INodeProperties[] = [
	{
		displayName:
			"Put the <b>Production URL</b> of this node into the option 'Callback URL' of another Kie node, with its 'Mode' set to Create Only, and publish this workflow. The <b>Test URL</b> works only while this editor listens for a test event. Kie.ai has to reach the address, so this n8n needs a public one.",
		name: 'addressNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		options: [
			{ name: 'Failure', value: 'failure', description: 'A task ended without a result' },
			{ name: 'Progress', value: 'progress', description: 'A song has its lyrics, or its first track, and goes on' },
			{ name: 'Success', value: 'success', description: 'A task has its result' },
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
			'Whether to look the task up at Kie.ai and output what is found there instead of what was posted. It costs nothing.',
	},
	{
		displayName:
			"Callbacks are believed as they are posted. With a 'Webhook HMAC Key' in the credential, only what names a task of yours is let in, but its contents are not signed. Without one, anyone who knows the address can start this workflow.",
		name: 'unconfirmedNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { confirm: [false] } },
	},
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
				description: 'The APIs whose tasks start the workflow. Left empty, all do.',
			},
			{
				displayName: 'Models',
				name: 'models',
				type: 'string',
				default: '',
				placeholder: 'e.g. nano-banana-2, kling-*',
				description:
					'IDs of the models whose tasks start the workflow, separated by commas. A * at the end stands for any ending.',
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
			{
				displayName: 'Download Files',
				name: 'downloadFiles',
				type: 'boolean',
				default: false,
				description:
					'Whether to download the result files into binary fields. The callback is answered first, and the workflow starts when the files are there.',
			},
			{
				displayName: 'Include Raw Body',
				name: 'includeRawBody',
				type: 'boolean',
				default: false,
				description: 'Whether to output what was posted too, in the field body',
			},
			{
				displayName: 'Put Output File in Field',
				name: 'binaryProperty',
				type: 'string',
				default: 'data',
				hint: 'The name of the output binary field to put the file in',
				description: 'Further files of a task go to fields with a number: data_1, data_2',
			},
			{
				displayName: 'Signature Age (Seconds)',
				name: 'signatureAge',
				type: 'number',
				typeOptions: SIGNATURE_AGE_RANGE,
				default: SIGNATURE_AGE_SECONDS,
				description: 'How old a signature may be. It counts where the credential has a webhook HMAC key.',
			},
		],
	},
];
