/**
 * Stands in for dependencies where endpoints are only looked at and never called: every property of it is
 * hollow too, and calling it does nothing.
 */
export function hollow<Dependencies extends object>(): Dependencies {
  const nothing: object = new Proxy(() => undefined, { get: () => nothing });
  return nothing as Dependencies;
}
