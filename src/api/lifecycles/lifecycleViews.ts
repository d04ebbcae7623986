import type { LifecycleChanges } from '../../domain/lifecycle/changes.js';
import type { LifecycleName } from '../../domain/lifecycle/pinned.js';
import type { LifecycleRepository } from '../../store/lifecycles.js';
import { showAuth } from '../outgoing/auth.js';
import { tableOf } from './kinds.js';

/** A brand's life cycle with its life; null while it has none. */
export type Life = Awaited<ReturnType<LifecycleRepository['find']>>;

/** One that was never written: the next change of it is the first. */
export const revisionOf = (life: Life): number => life?.revision ?? 0;

/** What is published and not archived. */
export const inForceOf = (life: Life) => (life?.archivedAt === null ? life.published : null);

/** What a draft or a version says, without its secrets. */
export const showChanges = ({ transitions, ...names }: LifecycleChanges) => ({
  ...names,
  transitions: transitions.map(({ requestInvoice, ...rest }) => ({
    ...rest,
    ...(requestInvoice && { requestInvoice: { ...requestInvoice, auth: showAuth(requestInvoice.auth) } }),
  })),
});

/** A life cycle as the API shows it. */
export function toLifecycleView(name: LifecycleName, life: Life) {
  const inForce = inForceOf(life);
  const { states, transitions, commandSlugs = {} } = tableOf(name, inForce?.scenario ?? null);
  return {
    name,
    status: inForce ? 'published' : 'default',
    version: life?.published?.version ?? null,
    publishedVersion: inForce?.version ?? null,
    changes: inForce && showChanges(inForce.scenario),
    draft: life?.draft ? showChanges(life.draft) : null,
    states: Object.entries(states).map(([state, { code, final, isOptional = false, slug = state }]) => {
      return { state, slug, code, final, isOptional };
    }),
    transitions: transitions.map(({ command, from, to, by, may = null }) => {
      return { command, slug: commandSlugs[command] ?? command, from, to, by, may };
    }),
    revision: revisionOf(life),
    updatedAt: life?.updatedAt ?? null,
  };
}
