import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/** What an operation does for an item, once its parameters are read. */
export type ItemOperation = (signal: AbortSignal) => Promise<INodeExecutionData[]>;

/**
 * Reads an item's parameters for an operation. Nothing is sent before all items are read.
 * @throws NodeOperationError that names the field that is wrong and the item.
 */
export type ReadOperation = (context: IExecuteFunctions, itemIndex: number) => ItemOperation;
