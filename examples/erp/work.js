// Works packages off. A real ERP would print pick lists and wait for people here.

/** What is done in each state. */
const NEXT = { waiting: 'prepare', preparing: 'ready', ready_for_packaging: 'pack', packed: 'ship' };

export function createWorker(oms) {
  const running = new Map();
  const again = new Set();
  let ending = false;
  let done = 0;

  async function work(number) {
    // What an event says may be old when its turn comes; the package itself says what is to do now.
    for (let parcel = await oms.package(number); NEXT[parcel.state] && !ending; parcel = await oms.package(number)) {
      const command = NEXT[parcel.state];
      // Without a carrier that opens shipments, somebody else takes the parcel along.
      const details = command === 'ship' && !parcel.shipment ? { withoutIntegration: true } : {};
      const { status, answer } = await oms.command(number, parcel.version, command, details);
      if (status === 200 && command === 'ship') done++;
      // Somebody else was faster, so look again.
      if (status === 200 || status === 409) continue;
      const said = `${command} of ${number}: ${status} ${answer.detail}`;
      if (status >= 500 || status === 429) throw new Error(said);
      // It will be refused again, until something happens to the package.
      console.error(said);
      return;
    }
  }

  /** One at a time for each package; news that comes meanwhile has it looked at again. */
  async function run(number) {
    do {
      again.delete(number);
      try {
        await work(number);
      } catch (error) {
        console.error(error.message);
        // The OMS may be away for a moment.
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        if (!ending) again.add(number);
      }
    } while (again.has(number) && !ending);
    running.delete(number);
  }

  return {
    look(number) {
      if (ending) return;
      if (running.has(number)) again.add(number);
      else running.set(number, run(number));
    },
    get done() {
      return done;
    },
    /** Ends what is under way, and begins nothing more. */
    async finish() {
      ending = true;
      await Promise.all(running.values());
    },
  };
}
