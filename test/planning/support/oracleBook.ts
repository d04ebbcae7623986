import type { AnyCase } from './anyCase.js';

export type Rule = AnyCase['scenarios'][number]['rules'][number];
export type Location = AnyCase['locations'][number];
export type Line = AnyCase['order']['lines'][number];

export interface Book {
  readonly input: AnyCase;
  readonly stock: Map<string, number>;
  readonly wanted: Map<string, number>;
}

export interface OraclePackage {
  readonly location: string;
  readonly rule: string;
  readonly items: Map<string, number>;
  readonly transfers: Map<string, Map<string, number>>;
}

export interface Move {
  readonly location: string;
  readonly source: string;
  readonly line: Line;
  readonly units: number;
}

/** Per criterion: missing values, and the sum of the others in whole units. */
export type Vector = readonly (readonly [missing: number, sum: number])[];

export interface OracleChoice {
  readonly moves: readonly Move[];
  readonly rank: Vector;
}

export const add = (map: Map<string, number>, key: string, units: number) => map.set(key, (map.get(key) ?? 0) + units);
export const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

export const isRefused = ({ input }: Book, code: string, line: Line) =>
  input.exclusions.some((of) => of.location === code && of.line === line.id);

export const CHOOSERS: Record<string, (line: Line) => boolean> = {
  "line.sku == 'X'": ({ sku }) => sku === 'X',
  "line.sku != 'X'": ({ sku }) => sku !== 'X',
  "line.id < '2'": ({ id }) => id < '2',
};

export function* subsetsOf<Entry>(entries: readonly Entry[]): Generator<Entry[]> {
  for (let bits = 1; bits < 2 ** entries.length; bits++) yield entries.filter((_, at) => bits & (1 << at));
}
