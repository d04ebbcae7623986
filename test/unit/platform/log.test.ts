import { createLogger } from '../../../src/platform/log.js';

const secret = 'do not show';

test('a log line is one line of JSON, and hides what has the name of a secret', () => {
  const lines: string[] = [];
  const log = createLogger({ level: 'info', destination: { write: (line) => void lines.push(line) } });

  log.info({ password: secret, auth: { token: secret }, req: { headers: { authorization: secret } } }, 'two\nlines');
  log.debug('below the level');

  expect(lines).toHaveLength(1);
  expect(lines[0]?.trimEnd()).not.toContain('\n');
  expect(lines[0]).not.toContain(secret);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 30, msg: 'two\nlines', password: '[hidden]' });
});

test('an error tells what it says, also under the name that the SDK of Temporal gives it', () => {
  const lines: string[] = [];
  const log = createLogger({ level: 'info', destination: { write: (line) => void lines.push(line) } });

  log.warn({ error: new Error('no room') }, 'an activity failed');

  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ error: { message: 'no room' } });
});
