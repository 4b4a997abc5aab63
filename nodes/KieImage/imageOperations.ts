import type { Operation } from '../shared/form/operation';

/** The operations of Kie Image, in the order of its list. */
export const imageOperations: Operation[] = [
	{ name: 'Edit', value: 'edit', action: 'Edit image', description: 'Edit one or more images with a text prompt' },
	{
		name: 'Generate',
		value: 'generate',
		action: 'Generate image',
		description: 'Generate an image from a text prompt',
	},
	{
		name: 'Reframe',
		value: 'reframe',
		action: 'Reframe image',
		description: 'Change the aspect ratio and fill the new area',
	},
	{
		name: 'Remove Background',
		value: 'removeBackground',
		action: 'Remove background from image',
		description: 'Remove the background of an image',
	},
	{
		name: 'Segment',
		value: 'segment',
		action: 'Segment image',
		description: 'Split an image into segments that can be edited one by one',
	},
	{
		name: 'Separate Layers',
		value: 'separateLayers',
		action: 'Separate image into layers',
		description: 'Decompose an image into a base image and layers',
	},
	{ name: 'Upscale', value: 'upscale', action: 'Upscale image', description: 'Increase the resolution of an image' },
];
