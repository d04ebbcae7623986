import { OmsError, type ErrorCode, type ErrorOptions } from '../platform/errors.js';
import { unpackInput, type PackedInput } from './stockColumns.js';
import { TASKS, type TaskName } from './tasks.js';

export interface TaskRequest {
  readonly task: TaskName;
  readonly input: PackedInput;
  /** Of the type that the task takes: `Planner` sees to it. */
  readonly options: unknown;
}

/** An `OmsError` on its way out of the thread: errors lose their class there. */
export interface ToldFailure {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly options: Omit<ErrorOptions, 'cause'>;
}

export type TaskReply =
  { readonly ok: true; readonly answer: object } | { readonly ok: false; readonly failure: ToldFailure };

/** What a thread of the pool runs for each request. Any error that is not an `OmsError` is a bug and is thrown. */
export function runTask({ task, input, options }: TaskRequest): TaskReply {
  const run: (input: ReturnType<typeof unpackInput>, options: never) => object = TASKS[task];
  try {
    return { ok: true, answer: run(unpackInput(input), options as never) };
  } catch (error) {
    if (!(error instanceof OmsError)) throw error;
    const { cause: _, ...told } = error.options;
    return { ok: false, failure: { code: error.code, detail: error.detail, options: told } };
  }
}
