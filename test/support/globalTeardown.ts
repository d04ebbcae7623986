import { rmSync } from 'node:fs';
import { dirname } from 'node:path';

/** Stops what the set-up started. When it is never reached, the servers end with the process all the same. */
export default async function globalTeardown(): Promise<void> {
  const { running } = await import('./running.js');
  await Promise.all(running.map((server) => server.stop()));
  const bundle = process.env['OMS_TEST_WORKFLOW_BUNDLE'];
  if (bundle !== undefined) rmSync(dirname(bundle), { recursive: true, force: true });
}
