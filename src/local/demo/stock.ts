import type { StockTable } from '../simulators/stockService.js';
import { PLACES } from './places.js';
import { demoProducts, FIRST_SPECIAL, skuOf, type Product } from './products.js';
import { seededRandom, type SeededRandom } from './seededRandom.js';

const SEED = 3_003;

/**
 * What lies where. Stores have a part of the range and a few pieces of each; furniture lies in warehouses
 * only. The last twenty SKUs are laid out by hand, so that orders for them show what planning does:
 *
 * - 481 to 490, home: in W2 only
 * - 491 to 495, fashion: in W1 only, so that with one of the above no single place has all
 * - 496 to 498, fashion: four pieces in each of two stores in Istanbul, of which three may be promised
 * - 499: two pieces in one store, of which one may be promised
 * - 500: sold out
 */
export function demoStock(): StockTable {
  const random = seededRandom(SEED);
  const products = demoProducts();
  return Object.fromEntries(
    PLACES.map(({ code }) => [code, { ...rangeOf(code, products, random), ...specialsOf(code) }]),
  );
}

function rangeOf(code: string, products: readonly Product[], random: SeededRandom): Record<string, number> {
  const held = products.slice(0, FIRST_SPECIAL - 1).flatMap(({ sku, department }) => {
    const pieces = code.startsWith('W') ? inWarehouse(code, department, random) : inStore(department, random);
    return pieces > 0 ? [[sku, pieces] as const] : [];
  });
  return Object.fromEntries(held);
}

function inWarehouse(code: string, department: Product['department'], random: SeededRandom): number {
  const isKept = { W1: department !== 'home', W2: department !== 'fashion', W3: random.chance(0.7) }[code] ?? false;
  const pieces = random.between(30, 200);
  return isKept ? pieces : 0;
}

function inStore(department: Product['department'], random: SeededRandom): number {
  const isKept = random.chance(department === 'fashion' ? 0.45 : 0.55);
  const pieces = random.between(2, 12);
  return isKept && department !== 'home' ? pieces : 0;
}

function specialsOf(code: string): Record<string, number> {
  const of = (from: number, to: number, pieces: number) =>
    Object.fromEntries(Array.from({ length: to - from + 1 }, (_, index) => [skuOf(from + index), pieces]));
  switch (code) {
    case 'W1':
      return of(491, 495, 60);
    case 'W2':
      return of(481, 490, 60);
    case 'S02':
      return of(496, 498, 4);
    case 'S06':
      return { ...of(496, 498, 4), ...of(499, 499, 2) };
    default:
      return {};
  }
}
