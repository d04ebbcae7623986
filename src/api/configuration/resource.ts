import { z } from 'zod';

import { codeParams } from '../../schemas/codeParams.js';
import type { ConfigurationFilter, ConfigurationRepository, Versioned } from '../../store/versioned.js';
import type { Caller, Role } from '../auth/caller.js';

/**
 * One kind of configuration object with a business key: what its four endpoints need to know. What a kind
 * does not have, it leaves out.
 */
export interface Resource<Value extends object> {
  /** `/denial-reasons` */
  readonly path: string;
  /** Heading in the documentation. */
  readonly tag: string;
  /** `denial reason`, for summaries and errors. */
  readonly noun: string;
  /** The key of the one object that there is, at the path itself; absent: there are many, each with a `code`. */
  readonly only?: string;
  /** The whole object, its `code` included where it has one. */
  readonly schema: z.ZodObject;
  /** What is answered. */
  readonly view: z.ZodObject;
  readonly repository: ConfigurationRepository<Value>;
  readonly readers: readonly Role[];
  readonly writers: readonly Role[];
  readonly now: () => Date;
  /** Parameters of the list, each the name of a field that must equal it. */
  readonly filters?: z.ZodRawShape;
  /** The keys that the caller may see; absent means all. */
  readonly visible?: (caller: Caller) => ConfigurationFilter['keys'];
  /** Checks what only other objects can tell, and completes the value. @throws {OmsError} */
  readonly prepare?: (value: Value, previous: Versioned<Value> | null) => Promise<Value>;
  /** What is answered only when it is created, such as a secret; absent: the view. */
  readonly created?: { readonly view: z.ZodObject; readonly show: (stored: Versioned<Value>) => object };
  /** Leaves out what is not shown. */
  readonly show?: (stored: Versioned<Value>) => object;
  readonly written?: (stored: Versioned<Value>, change: 'created' | 'updated') => Promise<void>;
  /** Why it cannot be deleted now, in words; null when it can. */
  readonly inUse?: (code: string) => Promise<string | null>;
}

/** Where one object of a kind is addressed, and how its key is told from the address. */
export function addressOf<Value extends object>({ path, only }: Resource<Value>) {
  if (only === undefined) return { path: `${path}/{code}`, params: codeParams, keyOf: codeOf };
  return { path, params: z.strictObject({}), keyOf: () => only };
}

const codeOf = (params: unknown): string => (params as z.output<typeof codeParams>).code;

/** @returns null for what the caller may not know of, exactly as for what is not there. */
export async function findVisible<Value extends object>(
  { repository, visible }: Resource<Value>,
  code: string,
  caller: Caller,
): Promise<Versioned<Value> | null> {
  const keys = visible?.(caller);
  if (keys && !keys.includes(code)) return null;
  return repository.find(code);
}
