/** An operation of a node, as n8n lists it. */
export interface Operation {
	name: string;
	value: string;
	/** Sentence case, without articles, as n8n shows it in the node panel. */
	action: string;
	description: string;
}

/** The operation of every media node that runs any model of Kie.ai, listed in the catalogue or not. */
export const CUSTOM_MODEL = 'customModel';
