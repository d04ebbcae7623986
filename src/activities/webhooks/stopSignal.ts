import { Context } from '@temporalio/activity';

/**
 * Breaks attempts off when the worker is told to stop. A workflow that takes its delivery back lets the attempt under
 * way come to its end: a receiver that has got the event would otherwise get it again.
 */
export function stopSignal(): AbortSignal {
  const context = Context.current();
  const stop = new AbortController();
  const listen = () => {
    if (!context.cancellationDetails?.cancelRequested) stop.abort(context.cancellationSignal.reason);
  };
  if (context.cancellationSignal.aborted) listen();
  else context.cancellationSignal.addEventListener('abort', listen, { once: true });
  return stop.signal;
}
