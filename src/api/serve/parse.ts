import { z } from 'zod';

import { OmsError, type Fault } from '../../platform/errors.js';
import { findUnsafe, pointerTo } from './findUnsafe.js';

// More would not help anyone to find the mistake.
const MAX_FAULTS = 50;

const nothing = z.strictObject({});

/** @throws {OmsError} `request.malformed` with a JSON pointer for each fault. */
export function parseBody(schema: z.ZodType | undefined, body: unknown): unknown {
  // Some clients cannot send nothing: an empty object stands for it.
  return schema ? parseWith(schema, body, pointerOf) : parseWith(nothing.optional(), body, pointerOf);
}

/** @throws {OmsError} `request.malformed` with the name of each faulty parameter. */
export function parseParameters(schema: z.ZodType | undefined, parameters: unknown): unknown {
  return parseWith(schema ?? nothing, parameters, ([name]) => String(name ?? ''));
}

type Point = (path: readonly PropertyKey[]) => string;

const pointerOf: Point = (path) => path.reduce<string>((pointer, key) => pointerTo(pointer, String(key)), '');

function parseWith(schema: z.ZodType, input: unknown, point: Point): unknown {
  const unsafe = findUnsafe(input);
  if (unsafe) throw malformed([{ ...unsafe, pointer: point === pointerOf ? unsafe.pointer : unsafe.pointer.slice(1) }]);
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw malformed(parsed.error.issues.flatMap((issue) => faultsOf(issue, [], point)).slice(0, MAX_FAULTS));
}

const malformed = (errors: readonly Fault[]) =>
  new OmsError('request.malformed', errors.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('; '), {
    errors,
  });

function faultsOf(issue: z.core.$ZodIssue, parent: readonly PropertyKey[], point: Point): Fault[] {
  const path = [...parent, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ pointer: point([...path, key]), detail: 'there is no such field' }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // The alternative that was missed by least is most likely the one that was meant.
    const [closest = []] = [...issue.errors].sort((a, b) => a.length - b.length);
    return closest.flatMap((inner) => faultsOf(inner, path, point));
  }
  return [{ pointer: point(path), detail: issue.message }];
}
