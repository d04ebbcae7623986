import { Connection } from '@temporalio/client';

/** Keywords by which orders, packages and transfers are found in Temporal's own Web UI. */
export const SEARCH_ATTRIBUTES = ['OmsOrder', 'OmsState', 'OmsLocation', 'OmsChannel'] as const;

/** `INDEXED_VALUE_TYPE_KEYWORD` of the Temporal API. */
const KEYWORD = 2;

/** Resolves when the namespace of a server without TLS can be used and has our search attributes. */
export async function prepareNamespace(address: string, namespace: string): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: '5s' });
  try {
    await ensureSearchAttributes(connection, namespace);
  } finally {
    await connection.close();
  }
}

/** Registers those that are missing: the server gives them to a namespace only when it creates it. */
export async function ensureSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  await connection.workflowService.describeNamespace({ namespace });
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = SEARCH_ATTRIBUTES.filter((name) => !(name in customAttributes));
  if (missing.length === 0) return;
  const searchAttributes = Object.fromEntries(missing.map((name) => [name, KEYWORD]));
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
}
