/** What an error says, without its stack. What fetch says itself is only "fetch failed", so its cause goes before. */
export function reasonOf(error: unknown): string {
  // By shape, not by class: errors of the platform come from another realm when Jest runs us.
  const { message, cause } = (error ?? {}) as { message?: string; cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? message ?? String(error);
}
