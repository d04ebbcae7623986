import { readFileSync } from 'node:fs';
import type { z } from 'zod';

import { caseFaults } from '../domain/planning/caseFaults.js';
import type { Fault } from '../domain/planning/fault.js';
import { plan } from '../domain/planning/plan.js';
import type { PlanInput } from '../domain/planning/planCase.js';
import { planCase } from '../schemas/planCase.js';

export interface PlanFilesOptions {
  readonly budgetMs: number;
}

export interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: 0 | 1;
}

// More would not help anyone to find the mistake.
const MAX_FAULTS = 20;

/**
 * What `oms plan` does: one JSON document per file, each on a line of its own, in the order of the files.
 * If one file is bad nothing is planned, so that no line stands for another file.
 */
export function planFiles(paths: readonly string[], { budgetMs }: PlanFilesOptions): CommandResult {
  const read = paths.map(readCase);
  const faults = read.flatMap((file) =>
    file.ok ? [] : file.faults.map(({ pointer, detail }) => ({ path: file.path, pointer, detail })),
  );
  if (faults.length > 0) {
    const stderr = faults.map(({ path, pointer, detail }) => `${path}: ${pointer || '(whole document)'}: ${detail}\n`);
    return { stdout: '', stderr: stderr.join(''), exitCode: 1 };
  }
  const answers = read.flatMap((file) => (file.ok ? [`${JSON.stringify(plan(file.input, { budgetMs }))}\n`] : []));
  return { stdout: answers.join(''), stderr: '', exitCode: 0 };
}

type ReadCase =
  | { readonly ok: true; readonly input: PlanInput }
  | { readonly ok: false; readonly path: string; readonly faults: readonly Fault[] };

function readCase(path: string): ReadCase {
  const document = readJson(path);
  if (!document.ok) return { ok: false, path, faults: [document.fault] };
  const parsed = planCase.safeParse(document.value);
  const faults = parsed.success ? caseFaults(parsed.data) : faultsOf(parsed.error);
  if (parsed.success && faults.length === 0) return { ok: true, input: parsed.data };
  return { ok: false, path, faults: faults.slice(0, MAX_FAULTS) };
}

function readJson(path: string): { ok: true; value: unknown } | { ok: false; fault: Fault } {
  try {
    return { ok: true, value: JSON.parse(readFileSync(path === '-' ? 0 : path, 'utf8')) as unknown };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      fault: { pointer: '', detail: error instanceof SyntaxError ? `is no JSON: ${reason}` : reason },
    };
  }
}

const faultsOf = ({ issues }: z.ZodError): Fault[] => issues.flatMap((issue) => faultsOfIssue(issue, []));

function faultsOfIssue(issue: z.core.$ZodIssue, parent: readonly PropertyKey[]): Fault[] {
  const path = [...parent, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ pointer: pointerTo([...path, key]), detail: 'there is no such field' }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // The alternative that was missed by least is most likely the one that was meant.
    const [closest = []] = [...issue.errors].sort((a, b) => a.length - b.length);
    return closest.flatMap((inner) => faultsOfIssue(inner, path));
  }
  return [{ pointer: pointerTo(path), detail: issue.message }];
}

/** RFC 6901. */
const pointerTo = (path: readonly PropertyKey[]): string =>
  path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
