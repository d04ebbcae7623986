/** A choice of candidates: the last of them, and the choice before it. */
export interface Chosen {
  /** The candidate that was added last; -1 at the start. */
  readonly last: number;
  readonly before: Chosen | null;
}

/** A partial choice, and what it leaves to be covered. */
export interface Label extends Chosen {
  readonly residual: readonly number[];
  /** Rows that still need something; 0 when the choice covers. */
  readonly open: number;
  readonly packages: number;
  readonly size: number;
  readonly scalar: number;
  /** The residual at packing prices and at rank prices. */
  readonly worth: number;
  readonly rankWorth: number;
}

/** The candidates of a label, in the order in which they were added. */
export function chosenOf(label: Chosen): number[] {
  const chosen: number[] = [];
  for (let step: Chosen | null = label; step && step.last >= 0; step = step.before) chosen.push(step.last);
  return chosen.reverse();
}

export interface LabelStore {
  /** Keeps the label unless a known one with the same residual, packages and size is at least as good. */
  readonly add: (label: Label) => void;
  /** Visits the labels that are there now; those that the visit drops leave. False ends it. */
  readonly forEach: (visit: (label: Label) => 'keep' | 'drop' | 'stop') => boolean;
}

/**
 * Labels in the order of their making, found again by residual with a hash table of open addressing: the
 * store is where a hard search spends its time.
 *
 * @param isBetter Whether the first of two labels that differ only in their choice is preferred.
 */
export function createLabelStore(isBetter: (a: Label, b: Label) => boolean): LabelStore {
  let labels: (Label | null)[] = [];
  let gone = 0;
  /** Place of a label + 1, at its hash or the next free slot; 0 is free. */
  let slots = new Int32Array(1_024);

  function slotOf(label: Label): number {
    const mask = slots.length - 1;
    let slot = hashOf(label) & mask;
    for (;;) {
      const place = slots[slot] ?? 0;
      if (place === 0) return slot;
      const known = labels[place - 1];
      if (known && isSame(known, label)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  function add(label: Label): void {
    const slot = slotOf(label);
    const place = (slots[slot] ?? 0) - 1;
    const known = labels[place];
    if (known) {
      if (!isBetter(label, known)) return;
      // It goes to the end of the list, since it must not meet the candidate that it was made with again.
      labels[place] = null;
      gone++;
    }
    labels.push(label);
    slots[slot] = labels.length;
    if (labels.length * 2 > slots.length) rebuild(slots.length * 2);
  }

  function forEach(visit: (label: Label) => 'keep' | 'drop' | 'stop'): boolean {
    if (gone > 64 && gone > labels.length / 2) {
      labels = labels.filter((label) => label !== null);
      gone = 0;
      rebuild(slots.length);
    }
    for (let place = 0, before = labels.length; place < before; place++) {
      const label = labels[place];
      if (!label) continue;
      const fate = visit(label);
      if (fate === 'stop') return false;
      if (fate === 'drop' && labels[place] === label) {
        labels[place] = null;
        gone++;
      }
    }
    return true;
  }

  function rebuild(size: number): void {
    slots = new Int32Array(size);
    for (let place = 0; place < labels.length; place++) {
      const label = labels[place];
      if (label) slots[slotOf(label)] = place + 1;
    }
  }

  return { add, forEach };
}

function isSame(a: Label, b: Label): boolean {
  if (a.packages !== b.packages || a.size !== b.size || a.open !== b.open) return false;
  for (let row = 0; row < a.residual.length; row++) if (a.residual[row] !== b.residual[row]) return false;
  return true;
}

function hashOf({ residual, packages, size }: Label): number {
  let hash = packages * 31 + size;
  for (let row = 0; row < residual.length; row++) {
    hash = Math.imul(hash ^ (residual[row] ?? 0), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}
