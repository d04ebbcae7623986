import { z } from 'zod';

import type { CancellationReason, DenialReason } from '../domain/configuration/integrations.js';
import { identifier, text } from './common.js';
import { stamp } from './stamp.js';

const reason = {
  code: identifier,
  title: text(256, 1),
  remoteId: text(128, 1).exactOptional(),
  priority: z.int().min(0).max(1_000_000).default(100),
  active: z.boolean().default(true),
};

/** Why a location refuses a package. */
export const denialReason = z
  .strictObject({
    ...reason,
    stockEffect: z
      .enum(['none', 'discrepancy'])
      .default('none')
      .meta({ description: '`discrepancy`: the location is also not asked again for these SKUs for a while.' }),
  })
  .meta({ id: 'DenialReason', description: 'Why a location refuses a package.' }) satisfies z.ZodType<DenialReason>;

/** Why a customer or a person cancels. */
export const cancellationReason = z.strictObject(reason).meta({
  id: 'CancellationReason',
  description: 'Why an order or a package is cancelled.',
}) satisfies z.ZodType<CancellationReason>;

export const denialReasonView = z.object({ ...denialReason.shape, ...stamp.shape }).meta({ id: 'DenialReasonView' });
export const cancellationReasonView = z
  .object({ ...cancellationReason.shape, ...stamp.shape })
  .meta({ id: 'CancellationReasonView' });
