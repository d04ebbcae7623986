import { KEPT_TYPES, mediaTypeOf } from '../../domain/mediaType.js';
import type { PackageRecord } from '../../domain/package/package.js';
import { keptDocument, labelQuery } from '../../schemas/documents.js';
import { packageParams } from '../../schemas/packageRequests.js';
import { documentId, labelKind, type KeptDocument } from '../../store/documents.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { notFound } from '../notFound.js';
import { findPackage } from '../packages/packageAccess.js';

type Dependencies = Pick<ApiDependencies, 'records'>;

/** What others have made for a package, as it came to us. */
export const keptDocuments = (dependencies: Dependencies) => [readInvoice(dependencies), readLabel(dependencies)];

const readInvoice = ({ records }: Dependencies) =>
  endpoint({
    method: 'get',
    path: '/packages/{number}/invoice',
    tag: 'Packages',
    summary: 'The document of its invoice; where it is, when we have no copy',
    roles: MAY.readPackages,
    produces: KEPT_TYPES,
    request: { params: packageParams },
    replies: { 200: keptDocument, 302: null },
    errors: ['resource.not_found'],
    handle: async ({ params: { number }, caller }) => {
      const { invoice } = await findPackage(records, number, caller);
      const kept = await invoiceDocument(records, number, invoice);
      if (kept) return shown(kept, `${number}-invoice`);
      if (invoice?.url !== undefined) return { status: 302, headers: { location: invoice.url } };
      throw notFound('document of an invoice of', number);
    },
  });

const readLabel = ({ records }: Dependencies) =>
  endpoint({
    method: 'get',
    path: '/packages/{number}/label',
    tag: 'Packages',
    summary: 'The label of its carrier; where it is, when we have no copy',
    roles: MAY.readPackages,
    produces: KEPT_TYPES,
    request: { params: packageParams, query: labelQuery },
    replies: { 200: keptDocument, 302: null },
    errors: ['resource.not_found'],
    handle: async ({ params: { number }, query: { parcel }, caller }) => {
      const { shipment } = await findPackage(records, number, caller);
      const kept = shipment?.storedLabels?.includes(parcel)
        ? await records.documents.find(documentId(number, labelKind(parcel)))
        : null;
      if (kept) return shown(kept, parcel === 0 ? `${number}-label` : `${number}-label-${parcel}`);
      if (parcel === 0 && shipment?.label) return { status: 302, headers: { location: shipment.label } };
      throw notFound('label of', number);
    },
  });

async function invoiceDocument(
  { documents }: Dependencies['records'],
  number: string,
  invoice: PackageRecord['invoice'],
): Promise<KeptDocument | null> {
  if (invoice?.isStored) return documents.find(documentId(number, 'invoice'));
  if (invoice?.content === undefined) return null;
  const bytes = Buffer.from(invoice.content, 'base64');
  const type = mediaTypeOf(bytes);
  return type === null ? null : { type, bytes };
}

const shown = ({ type, bytes }: KeptDocument, name: string) => ({
  status: 200,
  headers: { 'content-type': type, 'content-disposition': `inline; filename="${name}.${EXTENSIONS[type] ?? 'bin'}"` },
  body: Buffer.from(bytes),
});

const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'application/zpl': 'zpl',
};
