import { z } from 'zod';

import type { OmnitronClient } from '../../clients/omnitron/client.js';
import type { OmnitronConnection } from '../../domain/configuration/omnitron.js';
import type { OrderRecord } from '../../domain/order/order.js';
import type { PackageRecord } from '../../domain/package/package.js';

/** An order as it is reported: what is known of it here, and where it is there. */
export interface Reporting {
  readonly client: OmnitronClient;
  readonly connection: OmnitronConnection;
  /** Begins every path of its channel. */
  readonly channel: string;
  /** Omnitron's key of the order. */
  readonly key: number;
  readonly record: OrderRecord;
  readonly packages: readonly PackageRecord[];
  /** Omnitron's key of the reason for a cancellation; null when there is none. */
  readonly reason: number | null;
}

export const remoteItem = z.object({
  pk: z.int(),
  status: z.union([z.string(), z.int()]).transform(String),
  product: z.union([z.int(), z.object({ pk: z.int() }).transform(({ pk }) => pk)]).nullish(),
  tracking_number: z.string().nullish(),
  shipping_company: z.string().nullish(),
  invoice_number: z.string().nullish(),
  invoice_date: z.string().nullish(),
  e_archive_url: z.string().nullish(),
  extra_field: z.record(z.string(), z.unknown()).nullish(),
});

/** An item as Omnitron shows it. */
export type RemoteItem = z.output<typeof remoteItem>;
