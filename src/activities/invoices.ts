import { Context } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';

import type { Carrier } from '../domain/configuration/integrations.js';
import type { InvoiceClient, WrittenInvoice } from '../domain/invoice.js';
import type { InvoiceRequest } from '../domain/lifecycle/changes.js';
import type { LifecycleVersion } from '../domain/lifecycle/pinned.js';
import { mediaTypeOf } from '../domain/mediaType.js';
import type { OrderRecord } from '../domain/order/order.js';
import { presentOrder } from '../domain/order/presentOrder.js';
import { netOf, packageAmounts } from '../domain/package/amounts.js';
import type { Invoice, PackageRecord } from '../domain/package/package.js';
import { carrierFor, isCollectedBy } from '../domain/shipment/serving.js';
import { OmsError } from '../platform/errors.js';
import type { InvoiceNoteRepository } from '../store/invoiceNotes.js';
import { documentId, LONGEST_DOCUMENT_BYTES, type KeptDocument } from '../store/documents.js';

/** However long the service says that it takes. */
const LONGEST_PAUSE_S = 3_600;
/** So often a document that cannot be fetched is tried; then its address has to do. */
const FETCHED_AT_MOST = 5;
const FETCHED_AGAIN_AFTER_S = 5;

export interface InvoiceDependencies {
  readonly orders: { find(number: string): Promise<Pick<OrderRecord, 'order' | 'changes'> | null> };
  readonly packages: { ofOrder(order: string): Promise<readonly PackageRecord[]> };
  readonly lifecycles: {
    invoiceRequest(of: LifecycleVersion, command: string, from: string): Promise<InvoiceRequest | null>;
  };
  readonly documents: { put(id: string, document: KeptDocument, now: Date): Promise<void> };
  readonly carriers: { all(): Promise<readonly Carrier[]> };
  /** Why they do not come, for people to see. */
  readonly invoiceNotes: Pick<InvoiceNoteRepository, 'note' | 'forget'>;
  readonly client: InvoiceClient;
  readonly now: () => Date;
}

/** Which invoice is asked for, and by which transition of the package's own life cycle. */
export interface InvoiceWanted {
  readonly package: string;
  readonly order: string;
  readonly command: string;
  readonly from: string;
}

export type InvoiceActivities = ReturnType<typeof createInvoiceActivities>;

/** Calls to invoice services. May be repeated: one package has one invoice, whose key is the package number. */
export function createInvoiceActivities(dependencies: InvoiceDependencies) {
  const { invoiceNotes, now } = dependencies;
  return {
    /** The invoice, of which a document that came with it is kept. While it is being written, it is asked for again. */
    async requestInvoice(wanted: InvoiceWanted): Promise<Invoice> {
      try {
        const invoice = await ask(dependencies, wanted);
        if (Context.current().info.attempt > 1) await invoiceNotes.forget(wanted.package);
        return invoice;
      } catch (error) {
        // What went wrong counts, not whether it could be noted.
        const note = { command: wanted.command, detail: wordsOf(error) };
        await invoiceNotes.note(wanted.package, note, now()).catch(() => undefined);
        throw error;
      }
    },
  };
}

async function ask(dependencies: InvoiceDependencies, wanted: InvoiceWanted): Promise<Invoice> {
  const { lifecycles, client } = dependencies;
  const subject = await subjectOf(dependencies, wanted);
  const service = await lifecycles.invoiceRequest(subject.parcel.lifecycle, wanted.command, wanted.from);
  if (!service) throw new OmsError('invoice.refused', `Nothing asks for an invoice when ${wanted.command} is done`);
  const written = await client.request(service, subject);
  if (typeof written === 'number') throw askAgain(`The invoice of ${wanted.package} is being written`, written);
  const { number, type, date, url } = written;
  const document = await documentOf(client, service, written);
  // The service answers the same invoice under the same key, so all of it can be asked for again.
  if (document === null && url !== null && Context.current().info.attempt < FETCHED_AT_MOST)
    throw askAgain(`The document of invoice ${number} cannot be fetched yet`, FETCHED_AGAIN_AFTER_S);
  const isStored = await keep(dependencies, wanted.package, document);
  return { number, type, date, ...(url !== null && { url }), ...(isStored && { isStored }) };
}

function wordsOf(error: unknown): string {
  if (error instanceof OmsError) return error.detail;
  return error instanceof ApplicationFailure ? error.message : 'a fault on our side, which is in the log';
}

async function subjectOf(
  { orders, packages, carriers }: InvoiceDependencies,
  { package: number, order: name }: InvoiceWanted,
) {
  const [owner, all] = await Promise.all([orders.find(name), packages.ofOrder(name)]);
  const parcel = all.find((one) => one.number === number);
  if (!parcel || !owner) throw new OmsError('service.unavailable', `${number} is not recorded yet`);
  const amounts = packageAmounts(owner.order.lines, all, parcel);
  const isCollected = isCollectedBy(carrierFor(await carriers.all(), owner.order), owner.order);
  return { parcel, order: presentOrder(owner), amounts, cashOnDelivery: isCollected ? netOf(amounts) : null };
}

/** Null when there is none, or when its address gives nothing now. */
async function documentOf(
  client: InvoiceClient,
  service: InvoiceRequest,
  { document, url }: WrittenInvoice,
): Promise<Uint8Array | null> {
  return document ?? (url === null ? null : client.fetch(service, url));
}

/** Whether there was anything that can be kept. */
async function keep(
  { documents, now }: InvoiceDependencies,
  number: string,
  bytes: Uint8Array | null,
): Promise<boolean> {
  const type = bytes && mediaTypeOf(bytes);
  if (!bytes || type === null || bytes.length > LONGEST_DOCUMENT_BYTES) return false;
  await documents.put(documentId(number, 'invoice'), { type, bytes }, now());
  return true;
}

const askAgain = (message: string, seconds: number): ApplicationFailure =>
  ApplicationFailure.create({
    type: 'invoice.unreachable',
    message,
    category: ApplicationFailureCategory.BENIGN,
    nextRetryDelay: Math.min(Math.max(1, seconds), LONGEST_PAUSE_S) * 1_000,
  });
