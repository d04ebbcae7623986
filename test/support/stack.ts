import { randomBytes } from 'node:crypto';

/** The servers of this run, as the global set-up left them in the environment. */
export const stack = {
  /** `host:port` of the Temporal dev server. */
  get temporalAddress(): string {
    return required('OMS_TEST_TEMPORAL_ADDRESS');
  },

  get temporalNamespace(): string {
    return required('OMS_TEST_TEMPORAL_NAMESPACE');
  },

  /** File with the workflow bundle, for `workflowBundle: { codePath }` of a worker. */
  get workflowBundle(): string {
    return required('OMS_TEST_WORKFLOW_BUNDLE');
  },

  /** For `TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } })`. */
  get timeSkippingExecutable(): string {
    return required('OMS_TEST_TIME_SKIPPING_BIN', process.env['OMS_TEST_TIME_SKIPPING_PROBLEM']);
  },
};

/** URI of a database that no other test has. Nobody needs to drop it: it ends with the server. */
export function freshDatabase(): string {
  // Not with URL, which has no room for the several hosts that a given address may name.
  const [, hosts = '', options = ''] =
    /^([a-z+]+:\/\/[^/?]+)(?:\/[^?]*)?(.*)$/.exec(required('OMS_TEST_MONGODB_URI')) ?? [];
  return `${hosts}/${unique('test')}${options}`;
}

/** A name that no other test uses, for task queues, workflow ids and codes: tests share their servers. */
export function unique(prefix: string): string {
  return `${prefix}-${process.env['OMS_TEST_RUN'] ?? ''}${randomBytes(5).toString('hex')}`;
}

function required(variable: string, why = 'only the "stack" project of Jest has servers'): string {
  const value = process.env[variable];
  if (value === undefined) throw new Error(`${variable} is not set: ${why}`);
  return value;
}
