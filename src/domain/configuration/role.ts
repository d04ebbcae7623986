/** What an API key may do; the lists are in the API. */
export const ROLES = ['admin', 'planner', 'omnitron', 'store', 'erp', 'readonly'] as const;
export type Role = (typeof ROLES)[number];
