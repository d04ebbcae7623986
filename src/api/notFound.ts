import { OmsError } from '../platform/errors.js';

/** The same for what is not there and for what the caller may not know of. */
export const notFound = (noun: string, key: string): OmsError =>
  new OmsError('resource.not_found', `There is no ${noun} ${key}`);
