import { isIPv6, type LookupFunction } from 'node:net';

/** A name server that gives these addresses for every name; they may be others at each question. */
export function resolvingTo(addresses: () => readonly string[]): LookupFunction {
  return (_hostname, options, callback) => {
    const found = addresses().map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
    const [first] = found;
    if (options.all) callback(null, found);
    else callback(null, first?.address ?? '', first?.family);
  };
}
