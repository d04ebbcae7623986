import { OmsError } from '../../platform/errors.js';
import type { Reply } from '../endpoint.js';

type Headers = Readonly<Record<string, string | undefined>>;

const etag = (version: number): string => `"${version}"`;

/** The header that a caller sends back as `If-Match`. */
export const withEtag = (version: number): NonNullable<Reply['headers']> => ({ etag: etag(version) });

/**
 * The caller must have seen what it changes.
 *
 * @throws {OmsError} `version.required` without `If-Match`, `version.mismatch` when it names another version.
 */
export function requireMatch(headers: Headers, version: number): void {
  const given = headers['if-match'];
  if (given === undefined) {
    throw new OmsError('version.required', 'Send the ETag of what you have read as If-Match');
  }
  // Weak tags never match here: they say "equal enough", and this asks for the very same.
  const tags = given.split(',').map((tag) => tag.trim());
  if (!tags.includes('*') && !tags.includes(etag(version))) throw changedMeanwhile();
}

/** @throws {OmsError} `version.mismatch`: `If-Match` never holds for what is not there. */
export function requireNoMatch(headers: Headers): void {
  if (headers['if-match'] !== undefined) throw changedMeanwhile();
}

export const changedMeanwhile = (): OmsError =>
  new OmsError('version.mismatch', 'Read it again and decide anew: it is not the version that you named');
