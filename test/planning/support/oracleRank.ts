import type { Rank } from '../../../src/domain/configuration/scenario.js';
import type { Demand } from './bruteAllocation.js';
import {
  byText,
  isRefused,
  type Book,
  type Line,
  type Location,
  type OraclePackage,
  type Vector,
} from './oracleBook.js';

export function metres(a: Location['address'], b: Location['address']): number | null {
  if (a?.latitude === undefined || a.longitude === undefined || b?.latitude === undefined || b.longitude === undefined)
    return null;
  const rad = Math.PI / 180;
  const h =
    Math.sin(((b.latitude - a.latitude) * rad) / 2) ** 2 +
    Math.cos(a.latitude * rad) * Math.cos(b.latitude * rad) * Math.sin(((b.longitude - a.longitude) * rad) / 2) ** 2;
  return Math.round(2 * 6_371_008.8 * Math.asin(Math.sqrt(h)));
}

export type Ranking = (location: Location, rank: readonly Rank[]) => (number | null)[];

/** Values in whole units: metres, milliseconds, sixths of a quota (`anyCase` has quotas up to 3). */
export function ranking(
  book: Book,
  packages: readonly OraclePackage[],
  demands: readonly Demand<Line>[],
  target: Location['address'],
): Ranking {
  return (location, rank) =>
    rank.map(({ by, order }) => {
      const { code } = location;
      const open = (book.input.openPackages[code] ?? 0) + (packages.some((of) => of.location === code) ? 1 : 0);
      const skus = new Set(demands.filter(({ line }) => !isRefused(book, code, line)).map(({ line }) => line.sku));
      const last = book.input.lastWorkAt[code];
      const values = {
        priority: location.priority,
        stock: [...skus].reduce((sum, sku) => sum + (book.stock.get(`${code} ${sku}`) ?? 0), 0),
        density: location.maxQuota ? (open * 6) / location.maxQuota : null,
        distance: metres(location.address, target),
        load_age: last === undefined ? null : Date.parse(book.input.at ?? '') - Date.parse(last),
      };
      const value = values[by];
      return value === null ? null : order === 'desc' ? -value : value;
    });
}

export function sumOf(rows: readonly (readonly (number | null)[])[], rank: readonly Rank[]): Vector {
  return rank.map((_, at) => {
    const values = rows.map((row) => row[at] ?? null);
    return [
      values.filter((value) => value === null).length,
      values.reduce<number>((sum, value) => sum + (value ?? 0), 0),
    ];
  });
}

export function compareVectors(a: Vector, b: Vector): number {
  for (const [at, [missing, sum]] of a.entries()) {
    const [otherMissing, otherSum] = b[at] ?? [0, 0];
    if (missing !== otherMissing) return missing - otherMissing;
    if (sum !== otherSum) return sum - otherSum;
  }
  return 0;
}

export function compareCodes(a: readonly string[], b: readonly string[]): number {
  for (const [at, code] of a.entries()) {
    const other = b[at];
    if (other === undefined) return 1;
    if (code !== other) return byText(code, other);
  }
  return a.length - b.length;
}

export function printed(rank: readonly Rank[], vector: Vector): (number | null)[] {
  const unit = { priority: 1, stock: 1, density: 6, distance: 1_000, load_age: 3_600_000 };
  return rank.map(({ by }, at) => ((vector[at]?.[0] ?? 0) > 0 ? null : (vector[at]?.[1] ?? 0) / unit[by]));
}

/** Locations in rank order, then by code. */
export function inRankOrder(locations: readonly Location[], rank: readonly Rank[], rankOf: Ranking): Location[] {
  const vector = (location: Location) => sumOf([rankOf(location, rank)], rank);
  return [...locations].sort((a, b) => compareVectors(vector(a), vector(b)) || byText(a.code, b.code));
}
