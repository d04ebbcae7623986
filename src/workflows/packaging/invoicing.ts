import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  isCancellation,
  rootCause,
} from '@temporalio/workflow';

import { findTransition } from '../../domain/lifecycle/lifecycle.js';
import type { PackageState } from '../../domain/lifecycle/packageLifecycle.js';
import type { PackageLifecycle } from '../../domain/lifecycle/pinned.js';
import type { AwaitedInvoice, Invoice, PackageRecord } from '../../domain/package/package.js';
import { invoices } from '../activities.js';

/** What the asking has brought: the invoice, or why there is none. */
export type InvoiceNews = Invoice | Pick<AwaitedInvoice, 'status' | 'detail'>;

/** What a step leaves awaited: its transition may ask for an invoice, and the first one that does is enough. */
export function awaitedAfter(
  lifecycle: PackageLifecycle,
  { invoice, awaitedInvoice = null }: PackageRecord,
  { command, from, at }: { readonly command: string; readonly from: PackageState; readonly at: string },
): AwaitedInvoice | null {
  const wish = findTransition(lifecycle, from, command)?.options?.requestInvoice;
  if (!wish || invoice || awaitedInvoice) return awaitedInvoice;
  return { status: 'pending', command, from, since: at, detail: null };
}

/** Asks for the invoice of a package beside everything else that the package does: nothing waits for it. */
export class Invoicing {
  private scope: CancellationScope | null = null;
  private working: Promise<void> = Promise.resolve();

  /**
   * @param record As it is.
   * @param hear Records what came.
   */
  constructor(
    private readonly record: () => PackageRecord,
    private readonly hear: (news: InvoiceNews) => Promise<void>,
  ) {}

  /** Whether it waits for an invoice that may still come. */
  get isPending(): boolean {
    return this.record().awaitedInvoice?.status === 'pending';
  }

  /** Nothing is under way. */
  get isQuiet(): boolean {
    return this.scope === null;
  }

  /** Asks for what is pending, unless it does already. */
  begin(): void {
    if (this.isPending && this.isQuiet) this.working = this.ask();
  }

  /** Takes the question back; the next run, or nobody, asks again. */
  pause(): void {
    this.scope?.cancel();
  }

  /** Resolves when the invoice is there, or will not come. */
  ended(): Promise<void> {
    this.begin();
    return this.working;
  }

  private ask(): Promise<void> {
    const { number, order, awaitedInvoice } = this.record();
    const { command = '', from = '' } = awaitedInvoice ?? {};
    const wanted = { package: number, order, command, from };
    return CancellationScope.nonCancellable(async () => {
      const scope = new CancellationScope();
      this.scope = scope;
      try {
        const news = await scope.run(() => invoices().requestInvoice(wanted)).catch(whyNot);
        if (news && this.isPending) await this.hear(news);
      } finally {
        this.scope = null;
      }
    });
  }
}

/** Null when it was called off. */
function whyNot(error: unknown): InvoiceNews | null {
  if (isCancellation(error)) return null;
  if (!(error instanceof ActivityFailure)) throw error;
  const isRefused = error.cause instanceof ApplicationFailure && error.cause.type === 'invoice.refused';
  return { status: isRefused ? 'refused' : 'given_up', detail: rootCause(error) ?? null };
}
