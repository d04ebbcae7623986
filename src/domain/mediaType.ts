const SIGNATURES: readonly (readonly [type: string, beginning: string])[] = [
  ['application/pdf', '%PDF-'],
  ['image/png', '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', '\xff\xd8\xff'],
  // A label in the language of the printers that most carriers write for.
  ['application/zpl', '^XA'],
];

/** The documents of others that we keep. */
export const KEPT_TYPES: readonly string[] = SIGNATURES.map(([type]) => type);

/**
 * What a document is, by how it begins; null for anything that we would not hand to a browser. The word of whoever
 * sent it counts for nothing.
 */
export function mediaTypeOf(bytes: Uint8Array): string | null {
  const head = String.fromCharCode(...bytes.subarray(0, 16));
  return SIGNATURES.find(([, beginning]) => head.startsWith(beginning))?.[0] ?? null;
}
