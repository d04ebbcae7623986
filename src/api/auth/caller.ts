export const ROLES = ['admin', 'planner', 'omnitron', 'store', 'erp', 'readonly'] as const;
export type Role = (typeof ROLES)[number];

/** Who asks: the key that was shown, never its secret. */
export interface Caller {
  /** Id of the API key. */
  readonly id: string;
  readonly role: Role;
  /** Location codes that a `store` key is limited to; null means all. */
  readonly locations: readonly string[] | null;
}
