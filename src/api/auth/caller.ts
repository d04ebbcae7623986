import type { Role } from '../../domain/configuration/role.js';

export type { Role };

/** Who asks: the key that was shown, never its secret. */
export interface Caller {
  /** Id of the API key. */
  readonly id: string;
  readonly role: Role;
  /** Location codes that a `store` key is limited to; null means all. */
  readonly locations: readonly string[] | null;
}
