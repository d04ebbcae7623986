import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** Where fetched servers are kept: below `XDG_CACHE_HOME`, which only counts when absolute, or `~/.cache`. */
export function cacheDirectory(xdgCacheHome: string | undefined): string {
  const base = xdgCacheHome !== undefined && isAbsolute(xdgCacheHome) ? xdgCacheHome : join(homedir(), '.cache');
  return join(base, 'oms');
}
