import { Connection } from '@temporalio/client';

/** Keywords by which orders, packages and transfers are found in Temporal's own Web UI. */
export const SEARCH_ATTRIBUTES = ['OmsOrder', 'OmsState', 'OmsLocation', 'OmsChannel'] as const;

/** `INDEXED_VALUE_TYPE_KEYWORD` of the Temporal API. */
const KEYWORD = 2;

/**
 * Resolves when the namespace can be used and has our search attributes. The server gives them to a namespace
 * only when it creates it, so data of an older release may lack some.
 */
export async function prepareNamespace(address: string, namespace: string): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: '5s' });
  try {
    await connection.workflowService.describeNamespace({ namespace });
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    const missing = SEARCH_ATTRIBUTES.filter((name) => !(name in customAttributes));
    if (missing.length === 0) return;
    const searchAttributes = Object.fromEntries(missing.map((name) => [name, KEYWORD]));
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
  } finally {
    await connection.close();
  }
}
