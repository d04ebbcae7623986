/** Every number, SKU, code and line id. */
export const IDENTIFIER = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** An order number must not look like one of its own packages. */
export const PACKAGE_SUFFIX = /P\d+$/;

/** The n-th package of an order, counted from 1 and never reused. */
export const packageNumber = (order: string, n: number): string => `${order}P${n}`;

/** The n-th transfer of a package. */
export const transferNumber = (packageNo: string, n: number): string => `${packageNo}T${n}`;
