import type { Endpoint } from '../endpoint.js';

/** The methods that are served at a path below `/v1`, for `Allow`; none when nothing is. */
export function allowedMethods(endpoints: readonly Pick<Endpoint, 'method' | 'path'>[], path: string): string[] {
  const methods = endpoints
    .filter((endpoint) => matches(endpoint.path, path))
    .map(({ method }) => method.toUpperCase());
  if (methods.length === 0) return [];
  const besides = methods.includes('GET') ? ['HEAD', 'OPTIONS'] : ['OPTIONS'];
  return [...new Set([...methods, ...besides])].sort();
}

function matches(template: string, path: string): boolean {
  const wanted = template.split('/');
  const given = path.replace(/\/$/, '').split('/');
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => (part.startsWith('{') ? given[index] !== '' : part === given[index]))
  );
}
