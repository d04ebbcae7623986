import { codeParams } from '../../schemas/codeParams.js';
import { engineHealthView } from '../../schemas/stockEngine.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../notFound.js';

export const engineHealth = ({
  configuration,
  records,
  now,
}: Pick<ApiDependencies, 'configuration' | 'records' | 'now'>) =>
  endpoint({
    method: 'get',
    path: '/stock-engines/{code}/health',
    tag: 'Stock engines',
    summary: 'Whether it is asked at the moment, or left alone because it failed again and again',
    roles: MAY.readConfiguration,
    request: { params: codeParams },
    replies: { 200: engineHealthView },
    errors: ['resource.not_found'],
    handle: async ({ params: { code } }) => {
      if (!(await configuration.stockEngines.find(code))) throw notFound('stock engine', code);
      const health = await records.engineHealth.find(code, now());
      const { state = 'ok', since, detail = null } = health ?? {};
      return { status: 200, body: { state, since: since?.toISOString() ?? null, detail } };
    },
  });
