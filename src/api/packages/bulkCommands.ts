import { OmsError } from '../../platform/errors.js';
import { packageCommand } from '../../schemas/commands.js';
import {
  bulkCommands,
  bulkResults,
  packageParams,
  type BulkItem,
  type BulkResult,
} from '../../schemas/packageRequests.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint, type Call, type Endpoint, type Reply } from '../endpoint.js';
import { createAuditor } from '../serve/audit.js';
import { parseBody, parseParameters } from '../serve/parse.js';
import { isOurs, toProblem } from '../serve/problem.js';

/** Packages that are commanded at the same time; fewer than what one workflow cluster notices. */
const AT_ONCE = 8;

/** What has not begun by then is left to a repeat, so that the caller gets an answer. */
const BEGINS_WITHIN_MS = 20_000;

type Bulk = Pick<Call<object>, 'caller' | 'headers' | 'requestId'>;

/** Many commands in one request, each as if it had come alone through `single`. */
export const bulkCommandPackages = (dependencies: ApiDependencies, single: Endpoint) => {
  const runItem = runnerOf(dependencies, single);
  return endpoint({
    method: 'post',
    path: '/packages/commands',
    tag: 'Packages',
    summary: 'Command many packages; answers for each what came of it',
    roles: MAY.commandPackages,
    idempotent: true,
    // Each command has its own entry.
    audit: null,
    request: { body: bulkCommands },
    replies: { 200: bulkResults },
    handle: async ({ body: { items }, ...bulk }) => {
      const until = Date.now() + BEGINS_WITHIN_MS;
      const results = new Map<number, BulkResult>();
      const lanes = byPackage(items);
      const runLanes = async (): Promise<void> => {
        for (let lane = lanes.shift(); lane; lane = lanes.shift()) {
          for (const index of lane) results.set(index, await runItem(bulk, items[index], index, until));
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, runLanes));
      const ordered = [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
      return { status: 200, body: { results: ordered }, isUnfinished: ordered.some(({ status }) => status >= 500) };
    },
  });
};

/** Commands to one package are carried out one after the other, in the order of the body. */
function byPackage(items: readonly BulkItem[]): number[][] {
  const lanes = new Map<string, number[]>();
  for (const [index, { number }] of items.entries()) lanes.set(number, [...(lanes.get(number) ?? []), index]);
  return [...lanes.values()];
}

function runnerOf({ records, now, log }: ApiDependencies, single: Endpoint) {
  const audit = createAuditor({ audit: records.audit, now, log });

  return async (bulk: Bulk, item: BulkItem | undefined, index: number, until: number): Promise<BulkResult> => {
    const { number = '', ...command } = item ?? {};
    const path = single.path.replace('{number}', number);
    const problemOf = (error: unknown) => toProblem(error, { instance: `/v1${path}`, requestId: bulk.requestId });
    const carryOut = async (): Promise<Reply> => {
      const params = parseParameters(packageParams, { number });
      const call = { ...bulk, params, query: undefined, headers: headersOf(bulk.headers, index) };
      const meant = single.translate ? await single.translate(command, call as never) : command;
      const parsed = { ...call, body: parseBody(packageCommand, meant) };
      const reply = await single.handle(parsed as never).catch((error: unknown) => {
        if (isOurs(error)) log.error({ err: error, requestId: bulk.requestId, index }, 'a command of many failed');
        return problemOf(error);
      });
      await audit(single, parsed as never, reply);
      return reply;
    };
    const { status, body } =
      Date.now() > until ? problemOf(notBegun()) : await carryOut().catch((error: unknown) => problemOf(error));
    return { number, status, ...(status >= 400 && { problem: body as BulkResult['problem'] }) };
  };
}

/** Each command has an id of its own, which a repeat of the whole finds again. */
function headersOf(headers: Bulk['headers'], index: number): Bulk['headers'] {
  const { 'idempotency-key': key, prefer: _, ...rest } = headers;
  return key === undefined ? rest : { ...rest, 'idempotency-key': `${key}#${index}` };
}

const notBegun = () =>
  new OmsError('command.unanswered', 'Not begun in time; repeat the request with the same Idempotency-Key', {
    retryAfterSeconds: 5,
  });
