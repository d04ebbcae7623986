/** Polls until `probe` answers something other than undefined, null or false. */
export async function eventually<Answer>(
  probe: () => Promise<Answer | undefined | null | false>,
  what: string,
  withinMs = 20_000,
): Promise<Answer> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await probe();
    if (answer !== undefined && answer !== null && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`Waited ${withinMs} ms in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
