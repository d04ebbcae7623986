import { z } from 'zod';

import { ROLES } from '../domain/configuration/role.js';
import { LIFECYCLE_NAMES } from '../domain/lifecycle/pinned.js';
import { identifier } from './common.js';
import { outgoingAuth, outgoingAuthView, outgoingUrl } from './outgoing.js';
import { versionNumber } from './scenarioView.js';

/** A table has fewer states and commands; more would be no life cycle. */
const MOST_NAMES = 100;

// Whether there is such a state or command is for the check to say, so that a draft may be saved half done.
const name = z.string().regex(/^[a-z][a-z_]{0,63}$/, 'must be the name of a state or a command');
const slug = z.string().regex(/^[A-Za-z][A-Za-z0-9._-]{0,63}$/, 'must match [A-Za-z][A-Za-z0-9._-]{0,63}');

const nameChanges = z
  .record(
    name,
    z.strictObject({
      off: z.boolean().exactOptional().meta({ description: 'The brand goes without it.' }),
      slug: slug.exactOptional().meta({ description: "The brand's own name for it." }),
    }),
  )
  .refine((changes) => Object.keys(changes).length <= MOST_NAMES, `must have at most ${MOST_NAMES} entries`);

const milliseconds = z.int().min(100).max(60_000);

const requestInvoice = z.strictObject({
  url: outgoingUrl,
  auth: outgoingAuth.default({ type: 'anonymous' }),
  timeouts: z
    .strictObject({ connectMs: milliseconds.default(2_000), readMs: milliseconds.default(10_000) })
    .default({ connectMs: 2_000, readMs: 10_000 }),
  generateNumber: z.boolean().default(false).meta({ description: 'The number is ours, not of the invoice service.' }),
});

const transitionChange = z.strictObject({
  command: name,
  from: z
    .array(name)
    .min(1)
    .max(MOST_NAMES)
    .exactOptional()
    .meta({ description: 'Default: every state it starts from.' }),
  syncOmnitron: z.boolean().exactOptional().meta({ description: 'Whether the order source is told. Default true.' }),
  requestInvoice: requestInvoice.exactOptional().meta({ description: 'An invoice is asked for when it was made.' }),
  visibility: z
    .enum(['store', 'office', 'system'])
    .exactOptional()
    .meta({ description: '`office`: not for keys of stores; `system`: for no caller. Default `store`.' }),
  requires: z.enum(ROLES).exactOptional().meta({ description: 'Only keys of this role, and `admin`, may run it.' }),
});

/** A brand's life cycle as it is written: what it changes in the default table. */
export const lifecycleChanges = z
  .strictObject({
    states: nameChanges.default({}),
    commands: nameChanges.default({}),
    transitions: z.array(transitionChange).max(200).default([]),
  })
  .meta({ id: 'LifecycleChanges', description: 'What a brand changes in the default life cycle.' });

export type WrittenChanges = z.output<typeof lifecycleChanges>;

const changesView = z
  .object({
    ...lifecycleChanges.shape,
    transitions: z.array(
      z.object({
        ...transitionChange.shape,
        requestInvoice: z.object({ ...requestInvoice.shape, auth: outgoingAuthView }).optional(),
      }),
    ),
  })
  .meta({ id: 'LifecycleChangesView' });

const nullableTime = z.iso.datetime().nullable();

export const lifecycleView = z
  .object({
    name: z.enum(LIFECYCLE_NAMES),
    status: z.enum(['default', 'published']).meta({ description: '`default`: the default table is in force.' }),
    version: z.int().nullable().meta({ description: 'Number of the latest published version; null before the first.' }),
    publishedVersion: z.int().nullable().meta({ description: 'The version that what begins now keeps.' }),
    changes: changesView.nullable().meta({ description: 'Of that version.' }),
    draft: changesView.nullable().meta({ description: 'What `publish` would publish.' }),
    states: z.array(
      z.object({
        state: z.string(),
        slug: z.string(),
        code: z.int(),
        final: z.boolean(),
        isOptional: z.boolean().meta({ description: 'Whether it may be off.' }),
      }),
    ),
    transitions: z.array(
      z.object({
        command: z.string(),
        slug: z.string(),
        from: z.array(z.string()),
        to: z.array(z.string()).meta({ description: '`unchanged`: it stays; `before`: back to where it was.' }),
        by: z.enum(['caller', 'system']),
        may: z.enum(['be_off', 'be_hidden']).nullable().meta({ description: 'What a brand may do about the command.' }),
      }),
    ),
    revision: z.int().meta({ description: 'Counts up with every change, also of the draft; the `ETag`.' }),
    updatedAt: nullableTime,
  })
  .meta({ id: 'Lifecycle', description: 'A life cycle: the table in force, and what the brand changes in it.' });

export const lifecycleVersionView = z
  .object({
    name: z.enum(LIFECYCLE_NAMES),
    version: z.int(),
    changes: changesView,
    publishedAt: z.iso.datetime(),
    publishedBy: z.string().meta({ description: 'Id of the API key.' }),
  })
  .meta({
    id: 'LifecycleVersion',
    description: 'A published version. It never changes; packages and transfers keep it.',
  });

export const lifecycleCheck = z
  .object({
    name: z.enum(LIFECYCLE_NAMES),
    isSound: z.boolean(),
    faults: z.array(z.object({ pointer: z.string(), detail: z.string() })).meta({
      description: 'Everything that speaks against publishing the draft, with JSON pointers into it.',
    }),
  })
  .meta({ id: 'LifecycleCheck' });

export const lifecycleDiagramView = z
  .object({ name: z.enum(LIFECYCLE_NAMES), diagram: z.string().meta({ description: 'A Mermaid state diagram.' }) })
  .meta({ id: 'LifecycleDiagram' });

// Any name, so that one that there is not answers 404.
export const lifecycleParams = z.strictObject({ name: identifier });
export const lifecycleVersionParams = lifecycleParams.extend({ version: versionNumber });

export const lifecycleDiagramQuery = z.strictObject({
  of: z
    .union([z.literal('draft'), versionNumber])
    .exactOptional()
    .meta({ description: '`draft`, or a published version; without it the table in force.' }),
});
