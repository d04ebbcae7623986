import { setTimeout as pause } from 'node:timers/promises';

import type { Market } from './adoptPlan.js';
import type { Arena } from './arena.js';
import { holdsOf, isMoving } from './orders.js';
import type { Answer, Sending } from './send.js';
import { inShort } from './seen.js';
import { settle } from './settle.js';
import type { ModelOrder, Units } from './state.js';
import { LOCATIONS, SKUS, type Way } from './steps.js';
import { plus } from './units.js';

/** Ends what would wait for ever, also on a busy machine; a killed worker's tasks go to another one after ten seconds. */
const SETTLES_WITHIN_MS = 180_000;
const LOOK_AGAIN_AFTER_MS = 40;
const LOOK_AGAIN_AT_LEAST_EVERY_MS = 400;

/** A command that was answered, to be sent again. */
export interface Told {
  readonly sending: Sending;
  readonly way: Way;
  readonly answer: Answer;
}

/** One sequence under way: its goods and orders, as the model has them, and the story so far. */
export class Stage {
  readonly orders = new Map<string, ModelOrder>();
  readonly told: Told[] = [];
  readonly story: string[] = [];
  readonly skus: readonly string[];
  /** Locations that planning may use. */
  readonly active: Set<string>;
  /** Places that somebody reported as having less than the stock service says. */
  readonly doubtful = new Set<string>();
  private stock: Units = {};
  /** Orders that were touched since they were compared last. */
  private readonly touched = new Set<string>();
  private ids = 0;

  constructor(
    readonly arena: Arena,
    readonly name: string,
    readonly locations: readonly string[],
  ) {
    this.skus = Array.from({ length: SKUS }, (_, at) => `${name}-${String.fromCharCode(65 + at)}`);
    this.active = new Set(locations);
  }

  /** An id for a command that nobody has used. */
  newId(): string {
    return `${this.name}-${++this.ids}`;
  }

  tell(line: string): void {
    this.story.push(line);
  }

  /** The first stock of every SKU at every location. */
  fill(units: readonly number[]): void {
    for (const [index, quantity] of units.entries())
      this.setStock(this.locations[index % LOCATIONS] ?? '', this.skus[Math.floor(index / LOCATIONS)] ?? '', quantity);
    this.tell(`stock: ${JSON.stringify(this.stock)}`);
  }

  setStock(location: string, sku: string, units: number): void {
    this.stock = { ...this.stock, [`${location}|${sku}`]: units };
    this.arena.outside.setStock(location, sku, units);
  }

  /** What the model makes of an order now; it will be compared before anybody touches it again. */
  expect(order: ModelOrder): void {
    this.orders.set(order.number, order);
    this.touched.add(order.number);
  }

  /** Waits until nothing happens by itself any more, so that the next step meets what the model knows. */
  async settleMoving(): Promise<void> {
    const all = [...this.orders.values()];
    // A transfer gives its goods back some time after its package; who plans before that does not find them.
    const freeing = all.filter((order) => this.touched.has(order.number) && order.transfers.length > 0);
    for (const { number } of freeing.filter((order) => !isMoving(order))) await this.settle(number, false);
    const moving = all.filter(isMoving);
    for (const { number } of moving) await this.settle(number, moving.length === 1);
  }

  async settleAll(): Promise<void> {
    await this.settleMoving();
    for (const number of this.touched) await this.settle(number, false);
  }

  /** The order, compared with its records when somebody has touched it. */
  async settled(number: string): Promise<ModelOrder> {
    if (this.touched.has(number)) await this.settle(number, false);
    const order = this.orders.get(number);
    if (!order) throw new Error(`there is no order ${number}`);
    return order;
  }

  /** Nothing of the sequence stays that could disturb the next one in the lane. */
  async leave(): Promise<void> {
    for (const location of this.locations) if (!this.active.has(location)) await this.setActive(location, true);
  }

  async setActive(code: string, active: boolean): Promise<void> {
    const { locations } = this.arena.configuration;
    const known = await locations.find(code);
    if (!known) throw new Error(`there is no location ${code}`);
    const { version, updatedAt: _, createdAt: __, ...location } = known;
    await locations.replace(code, { ...location, active }, version, new Date());
    if (active) this.active.add(code);
    else this.active.delete(code);
  }

  private async settle(number: string, isAlone: boolean): Promise<void> {
    const deadline = Date.now() + SETTLES_WITHIN_MS;
    for (let wait = LOOK_AGAIN_AFTER_MS; ; wait = Math.min(wait * 1.5, LOOK_AGAIN_AT_LEAST_EVERY_MS)) {
      const model = this.orders.get(number);
      const seen = await this.see(number);
      if (!model) return;
      const settled = seen ? settle(model, seen, this.market(number, isAlone)) : null;
      if (settled?.isSettled === true) {
        this.orders.set(number, settled.order);
        this.touched.delete(number);
        return;
      }
      if (Date.now() > deadline)
        throw new Error(
          [
            `${number} is not as the model has it: ${settled?.complaint ?? 'it is not recorded'}`,
            `recorded: ${seen ? inShort(seen) : 'nothing'}`,
            `model: ${JSON.stringify({ ...model, excluded: [...model.excluded] })}`,
          ].join('\n'),
        );
      await pause(wait);
    }
  }

  private async see(number: string) {
    const { records } = this.arena;
    const [order, packages] = await Promise.all([records.orders.find(number), records.packages.ofOrder(number)]);
    return order && { order, packages, transfers: await records.transfers.ofPackages(packages) };
  }

  private market(number: string, isAlone: boolean): Market {
    const others = [...this.orders.values()].filter((order) => order.number !== number);
    return {
      ...{ stock: this.stock, active: this.active, doubtful: this.doubtful, isAlone },
      heldByOthers: others.map(holdsOf).reduce<Units>(plus, {}),
    };
  }
}
