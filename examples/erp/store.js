// What the ERP knows, one line of JSON after the other in a file. A line is written to the disk before we answer; a line
// that was cut off by a crash is not there, so its event comes again.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';

export function openStore(path) {
  const known = new Set();
  const lastOf = new Map();
  let registration = null;
  let cursor = null;
  let gapsFilled = 0;

  const learn = (line) => {
    if (line.registration) registration = line.registration;
    if (line.cursor) cursor = line.cursor;
    if (line.event) {
      known.add(line.event.id);
      lastOf.set(line.event.subject, Math.max(lastOf.get(line.event.subject) ?? 0, line.event.sequence));
    }
  };
  for (const line of wholeLines(path)) learn(JSON.parse(line));

  const file = openSync(path, 'a');
  const write = (line) => {
    writeSync(file, `${JSON.stringify(line)}\n`);
    fsyncSync(file);
    learn(line);
  };

  return {
    /** Keeps an event. Tells whether it is new, or new with something missing before it. */
    keep(event, { fromLog = false } = {}) {
      if (known.has(event.id)) return 'known';
      const last = lastOf.get(event.subject) ?? 0;
      write({ event });
      if (fromLog && event.sequence <= last) gapsFilled++;
      return event.sequence > last + 1 ? 'after a gap' : 'new';
    },
    register: (made) => write({ registration: made }),
    moveTo(next) {
      if (next !== cursor) write({ cursor: next });
    },
    get registration() {
      return registration;
    },
    get cursor() {
      return cursor;
    },
    get count() {
      return known.size;
    },
    get gapsFilled() {
      return gapsFilled;
    },
    close: () => closeSync(file),
  };
}

/** All lines but one that was cut off, which is removed, so that the next does not go on where it ends. */
function wholeLines(path) {
  if (!existsSync(path)) return [];
  const text = readFileSync(path, 'utf8');
  const end = text.lastIndexOf('\n') + 1;
  if (end < text.length) truncateSync(path, Buffer.byteLength(text.slice(0, end)));
  return text.slice(0, end).split('\n').filter(Boolean);
}
