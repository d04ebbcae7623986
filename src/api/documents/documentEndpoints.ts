import { pickList } from '../../documents/pickList.js';
import { packingSlips } from '../../documents/packingSlip.js';
import type { DocumentLanguage } from '../../documents/labels.js';
import type { PackageRecord } from '../../domain/package/package.js';
import { documentBatch, documentQuery, pdfDocument } from '../../schemas/documents.js';
import { packageParams } from '../../schemas/packageRequests.js';
import type { Caller } from '../auth/caller.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { findPackage } from '../packages/packageAccess.js';
import { keptDocuments } from './keptDocuments.js';
import { slipsOf } from './slipsOf.js';

type Dependencies = Pick<ApiDependencies, 'records' | 'configuration' | 'now'>;

interface Kind {
  /** Of one package; with an `s` of several, where the word has one. */
  readonly one: string;
  readonly many: string;
  readonly summary: string;
  readonly make: (packages: readonly PackageRecord[], language: DocumentLanguage) => Promise<Buffer>;
}

/** What is printed for packages. A batch that names a package which the caller may not see is refused whole. */
export const documentEndpoints = (dependencies: Dependencies) => [
  ...kindsOf(dependencies).flatMap((kind) => [ofMany(dependencies, kind), ofOne(dependencies, kind)]),
  ...keptDocuments(dependencies),
];

const kindsOf = (dependencies: Dependencies): readonly Kind[] => [
  {
    one: 'packing-slip',
    many: 'packing-slips',
    summary: 'The packing slip to print',
    make: async (packages, language) =>
      packingSlips(await slipsOf(dependencies, packages), language, dependencies.now()),
  },
  {
    one: 'pick-list',
    many: 'pick-list',
    summary: 'What to fetch from the shelves, to print',
    make: (packages, language) => pickList(packages, language, dependencies.now()),
  },
];

const common = {
  method: 'get',
  tag: 'Packages',
  roles: MAY.readPackages,
  produces: ['application/pdf'],
  replies: { 200: pdfDocument },
  errors: ['resource.not_found'],
} as const;

const ofOne = ({ records }: Dependencies, { one, summary, make }: Kind) =>
  endpoint({
    ...common,
    path: `/packages/{number}/${one}`,
    summary,
    request: { params: packageParams, query: documentQuery },
    handle: async ({ params: { number }, query: { language }, caller }) => {
      const parcel = await findPackage(records, number, caller);
      return pdf(await make([parcel], language), `${number}-${one}`);
    },
  });

const ofMany = ({ records }: Dependencies, { many, summary, make }: Kind) =>
  endpoint({
    ...common,
    path: `/packages/${many}`,
    summary: `${summary}, of several packages at once`,
    request: { query: documentBatch },
    handle: async ({ query: { number: numbers, language }, caller }) =>
      pdf(await make(await findAll(records, numbers, caller), language), many),
  });

const findAll = (records: Dependencies['records'], numbers: readonly string[], caller: Caller) =>
  Promise.all(numbers.map((number) => findPackage(records, number, caller)));

const pdf = (body: Buffer, name: string) => ({
  status: 200,
  headers: { 'content-disposition': `inline; filename="${name}.pdf"` },
  body,
});
