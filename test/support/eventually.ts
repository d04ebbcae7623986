/**
 * Polls until `probe` answers something other than undefined, null or false. The limit is no statement about
 * speed: it only ends what would wait for ever, also on a machine that is busy with other things.
 */
export async function eventually<Answer>(
  probe: () => Promise<Answer | undefined | null | false>,
  what: string,
  withinMs = 90_000,
): Promise<Answer> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await probe();
    if (answer !== undefined && answer !== null && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`Waited ${withinMs} ms in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
