import type { Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';

import ipaddr from 'ipaddr.js';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';

const LONGEST_HOST = 253;

/**
 * Why a URL may not be called, as the rest of a sentence about it; null when it may. Literal addresses are
 * judged here in every spelling; names are judged when they are resolved, at every call, by `egressAgents`.
 *
 * @param allow CIDR ranges that may be reached although they are not public.
 */
export function checkUrl(url: string, allow: readonly string[]): string | null {
  if (!URL.canParse(url)) return 'must be a URL';
  const { protocol, username, password, hostname } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return 'must begin with http:// or https://';
  if (username !== '' || password !== '') return 'must not carry credentials';
  if (hostname.length > LONGEST_HOST) return 'names a host that is too long';
  // WHATWG has already turned every spelling of an IPv4 address (decimal, octal, hex, short) into four numbers.
  const literal = hostname.replace(/^\[|\]$/g, '');
  if (ipaddr.isValid(literal)) {
    return mayBeReached(literal, allow) ? null : `leads to ${literal}, which is not a public address`;
  }
  if (isThisMachine(hostname) && !mayBeReached('127.0.0.1', allow)) return 'leads to this machine';
  return null;
}

/** RFC 6761: these names mean the loopback, whatever a name server says. */
const isThisMachine = (hostname: string) => /^(.+\.)?localhost\.?$/i.test(hostname);

function mayBeReached(address: string, allow: readonly string[]): boolean {
  const parsed = ipaddr.parse(address);
  if (parsed.range() === 'unicast' && !isIpv4Compatible(address)) return true;
  return allow.some((range) => {
    const [network, bits] = ipaddr.parseCIDR(toCidr(range));
    return network.kind() === parsed.kind() && parsed.match(network, bits);
  });
}

/** `::7f00:1` was once another way to write 127.0.0.1. No public host has such an address. */
const isIpv4Compatible = (address: string) => /^::[^:]+(:[^:]+)?$/.test(address);

const toCidr = (range: string) => (range.includes('/') ? range : `${range}/${range.includes(':') ? 128 : 32}`);

export interface EgressAgents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
}

/**
 * Agents that refuse to connect to anything but public addresses and those allowed. They look at the address
 * that is really connected to, so that a name that leads elsewhere the second time fools nobody.
 *
 * @param allow CIDR ranges that may be reached although they are not public.
 * @param lookup how names are resolved; the system's resolver when absent.
 */
export function egressAgents(allow: readonly string[], lookup?: LookupFunction): EgressAgents {
  const options = { allowIPAddressList: forAgent(allow), keepAlive: true, ...(lookup && { lookup }) };
  return { http: new RequestFilteringHttpAgent(options), https: new RequestFilteringHttpsAgent(options) };
}

/** The agent warns about ranges of the other address family, so what needs no range goes first and without one. */
function forAgent(allow: readonly string[]): string[] {
  const single = (range: string) => /(:.*\/128|\.\d+\/32)$/.test(range) || !range.includes('/');
  return [...allow.filter(single).map((range) => range.replace(/\/\d+$/, '')), ...allow.filter((r) => !single(r))];
}
