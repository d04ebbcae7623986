import { codeParams } from '../../schemas/codeParams.js';
import { newPushSecret } from '../../schemas/stockEngine.js';
import { newSigningSecret } from '../auth/newSigningSecret.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../notFound.js';
import { changedMeanwhile } from '../serve/etag.js';

export const rotatePushSecret = ({ configuration: { stockEngines }, now }: ApiDependencies) =>
  endpoint({
    method: 'post',
    path: '/stock-engines/{code}/rotate-secret',
    tag: 'Stock engines',
    summary: 'A new secret for signed pushes; the one before it is worth nothing from now on',
    roles: MAY.configure,
    idempotent: true,
    request: { params: codeParams },
    replies: { 200: newPushSecret },
    errors: ['resource.not_found', 'version.mismatch'],
    handle: async ({ params: { code } }) => {
      const found = await stockEngines.find(code);
      if (!found) throw notFound('stock engine', code);
      const { version, createdAt: _, updatedAt: __, ...engine } = found;
      const secret = newSigningSecret();
      const made = await stockEngines.replace(code, { ...engine, pushSecret: secret }, version, now());
      if (!made) throw changedMeanwhile();
      return { status: 200, body: { secret } };
    },
  });
