import type { Units } from '../../domain/order/order.js';
import { minus, plus } from '../../domain/order/units.js';

/** Units that need a place: of the order itself, or given back by a package. */
export interface Demand {
  readonly units: Units;
  /** The package whose units these were. */
  readonly replaces: string | null;
  /** The package is parked and stays as it is unless something can be placed. */
  readonly isRetry: boolean;
  /** The package goes on with what it has besides, and is not over when these units have a place. */
  readonly goesOn: boolean;
}

/** What still has to be planned, in its order; kept in the memory of the order. */
export class Demands {
  constructor(private readonly memory: { demands: readonly Demand[] }) {}

  private get list(): readonly Demand[] {
    return this.memory.demands;
  }

  private set list(demands: readonly Demand[]) {
    this.memory.demands = demands;
  }

  get first(): Demand | undefined {
    return this.list[0];
  }

  get length(): number {
    return this.list.length;
  }

  add(demand: Demand): void {
    this.list = [...this.list, demand];
  }

  /** Forgets a demand that has been dealt with. */
  drop(demand: Demand): void {
    this.list = this.list.filter((other) => other !== demand);
  }

  /** Takes the first, for good. */
  shift(): Demand | undefined {
    const [first, ...rest] = this.list;
    this.list = rest;
    return first;
  }

  /** All units of the package are to be planned again. */
  isOf(packageNo: string): boolean {
    return this.list.some((demand) => isWholeOf(demand, packageNo));
  }

  /** The package has ended otherwise: its units need no place. */
  dropOf(packageNo: string): void {
    this.list = this.list.filter((demand) => !isWholeOf(demand, packageNo));
  }

  /** Units that no package has: the order's own, or given back by one that goes on. */
  get unplaced(): Units {
    return this.list.filter(isUnplaced).reduce<Units>((units, demand) => plus(units, demand.units), {});
  }

  /** Units that no package has need no place any more. */
  dropUnplaced(units: Units): void {
    let rest = units;
    this.list = this.list.flatMap((demand) => {
      if (!isUnplaced(demand)) return [demand];
      const left = minus(demand.units, rest);
      rest = minus(rest, demand.units);
      return Object.keys(left).length === 0 ? [] : [{ ...demand, units: left }];
    });
  }

  /** Some units have left a package, and what it may have given back, for good. */
  shrink(packageNo: string, units: Units): void {
    this.list = this.list.map((demand) =>
      isWholeOf(demand, packageNo) ? { ...demand, units: minus(demand.units, units) } : demand,
    );
  }
}

const isUnplaced = ({ replaces, goesOn }: Demand): boolean => replaces === null || goesOn;

const isWholeOf = ({ replaces, goesOn }: Demand, packageNo: string): boolean => replaces === packageNo && !goesOn;
