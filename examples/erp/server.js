// A small ERP. It hears of packages by webhook, keeps every event before it answers, finds what it missed in the event
// log, and works packages off by commands. It may be killed at any moment: what it knows is in its file, and each command
// has a key that is made from the package, so that a repeat has no second effect.
import express from 'express';
import { Webhook } from 'standardwebhooks';

import { createOms } from './oms.js';
import { openStore } from './store.js';
import { createWorker } from './work.js';

const { OMS_URL, OMS_KEY, ERP_PORT = '9090', ERP_DATA = 'erp-data.jsonl' } = process.env;
if (!OMS_URL || !OMS_KEY) {
  console.error('Set OMS_URL and OMS_KEY (a key of the role erp)');
  process.exit(2);
}

const store = openStore(ERP_DATA);
const oms = createOms(OMS_URL, OMS_KEY);
const worker = createWorker(oms);

const app = express();

// The signature is over the body as it came, so it is not parsed before it is verified.
app.post('/hooks', express.raw({ type: 'application/json', limit: '2mb' }), (req, res) => {
  const { secret } = store.registration ?? {};
  // Before the answer to the registration nothing can be verified. The OMS tries again.
  if (!secret) return void res.sendStatus(503);
  let event;
  try {
    event = new Webhook(secret).verify(req.body, req.headers);
  } catch {
    return void res.sendStatus(401);
  }
  take(event);
  // First kept, then answered; the work comes afterwards.
  res.sendStatus(204);
});

app.get('/', (_req, res) => res.json({ events: store.count, gapsFilled: store.gapsFilled, orders: worker.done }));

/** Keeps an event and works on it, unless it is known. A hole in the sequence of its subject is filled from the log. */
function take(event) {
  const kept = store.keep(event);
  if (kept === 'known') return;
  if (kept === 'after a gap') void catchUp();
  if (event.subject.startsWith('package/')) worker.look(event.data.number);
}

/** Reads the event log from where we stand to its end. One at a time: what comes meanwhile is read by it, or by the next. */
let catching = Promise.resolve();
function catchUp() {
  catching = catching.then(readLog).catch((error) => console.error(`the log cannot be read: ${error.message}`));
  return catching;
}

async function readLog() {
  for (;;) {
    const { items, next } = await oms.events(store.cursor);
    for (const event of items) {
      if (store.keep(event, { fromLog: true }) !== 'known' && event.subject.startsWith('package/'))
        worker.look(event.data.number);
    }
    store.moveTo(next);
    if (items.length === 0) return;
  }
}

const server = app.listen(Number(ERP_PORT), '127.0.0.1', () => void begin());

async function begin() {
  const url = `http://127.0.0.1:${server.address().port}/hooks`;
  if (store.registration?.url !== url) store.register({ url, ...(await oms.register(url)) });
  await catchUp();
  // The log tells what happened; the packages tell what is to do now, also after we were killed in the middle of it.
  for (const number of await oms.openPackages()) worker.look(number);
  console.log(`listening on ${url}`);
}

// Now and then, so that a webhook that got lost for good is found although no later one shows the hole.
const timer = setInterval(() => void catchUp(), 5_000);

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    clearInterval(timer);
    server.close();
    server.closeAllConnections();
    void worker.finish().then(() => process.exit(0));
  });
}
