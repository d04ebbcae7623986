import { createOmsApi, type OmsAccess, type OmsApi } from '../simulators/omsApi.js';
import { DEMO_CONFIGURATION, demoConnections, type Outside } from './integrations.js';
import { demoLocations } from './locations.js';
import { DEMO_SCENARIOS } from './scenarios.js';

export interface BrandOptions extends OmsAccess, Outside {
  readonly onProgress?: (line: string) => void;
  readonly signal?: AbortSignal;
}

const AT_ONCE = 8;

/**
 * Writes the demonstration brand by the HTTP API. At a second start everything is there and stays as people
 * have left it; only the addresses of the simulators are written anew.
 *
 * @throws when the API does not take something: the brand and the API are then of different versions.
 */
export async function loadBrand({ url, key, onProgress, signal, ...outside }: BrandOptions): Promise<void> {
  const api = createOmsApi({ url, key }, signal ?? new AbortController().signal);
  onProgress?.('Stock service, carriers, reasons and settings');
  for (const [path, body] of Object.entries(demoConnections(outside))) await put(api, path, body);
  for (const [path, body] of Object.entries(DEMO_CONFIGURATION)) await putOnce(api, path, body);
  const locations = demoLocations();
  onProgress?.(`${locations.length} locations`);
  for (let start = 0; start < locations.length; start += AT_ONCE) {
    const together = locations.slice(start, start + AT_ONCE);
    await Promise.all(together.map((location) => putOnce(api, `/locations/${location.code}`, location)));
  }
  onProgress?.(`${DEMO_SCENARIOS.length} distribution scenarios`);
  for (const scenario of DEMO_SCENARIOS) await publishOnce(api, scenario);
}

/** Creates or replaces. */
async function put(api: OmsApi, path: string, body: object): Promise<void> {
  const { status, etag } = await api('GET', path);
  const headers = status === 200 && etag !== null ? { 'if-match': etag } : {};
  const answer = await api('PUT', path, { body, headers });
  if (answer.status !== 200 && answer.status !== 201) throw refused('PUT', path, answer);
}

/** Creates what is not there. */
async function putOnce(api: OmsApi, path: string, body: object): Promise<void> {
  const answer = await api('PUT', path, { body });
  // 428: it is there, and a replacement would need its ETag.
  if (![200, 201, 428].includes(answer.status)) throw refused('PUT', path, answer);
}

async function publishOnce(api: OmsApi, scenario: { readonly name: string }): Promise<void> {
  const path = `/distribution-scenarios/${scenario.name}`;
  const known = await api('GET', path);
  if (known.status === 200 && (known.body as { version: number | null }).version !== null) return;
  if (known.status === 404) {
    const made = await api('POST', '/distribution-scenarios', { body: scenario });
    if (made.status !== 201) throw refused('POST', '/distribution-scenarios', made);
  }
  const published = await api('POST', `${path}/publish`);
  if (published.status !== 200) throw refused('POST', `${path}/publish`, published);
}

const refused = (method: string, path: string, { status, body }: { status: number; body: unknown }) =>
  new Error(`${method} ${path} was answered with ${status}: ${JSON.stringify(body)}`);
