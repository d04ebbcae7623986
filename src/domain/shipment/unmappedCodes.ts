import type { Carrier } from '../configuration/integrations.js';

/** Of words that were heard from carriers and meant nothing to us, those that still mean nothing. */
export function unmappedCodes<Code extends { readonly carrier: string; readonly rawCode: string }>(
  heard: readonly Code[],
  carriers: readonly Pick<Carrier, 'code' | 'statuses'>[],
): readonly Code[] {
  const statuses = new Map(carriers.map(({ code, statuses: known }) => [code, known]));
  return heard.filter(({ carrier, rawCode }) => !Object.hasOwn(statuses.get(carrier) ?? {}, rawCode));
}
