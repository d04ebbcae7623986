import { seededRandom } from './seededRandom.js';

export interface Product {
  readonly sku: string;
  readonly name: string;
  readonly department: 'fashion' | 'home' | 'beauty';
  /** Cents. */
  readonly unitPrice: number;
  /** Kilograms. */
  readonly unitWeight: number;
}

const SEED = 2_002;
const COUNT = 500;

/** The first SKU with special stock; what that is, `stock.ts` says. */
export const FIRST_SPECIAL = 481;

const KINDS = {
  fashion: ['Linen shirt', 'Wool coat', 'Denim jacket', 'Cotton dress', 'Knit sweater', 'Rain boots', 'Leather belt'],
  home: ['Oak stool', 'Floor lamp', 'Wool rug', 'Stoneware mug', 'Table linen', 'Glass carafe', 'Bread basket'],
  beauty: ['Hand cream', 'Olive soap', 'Rose water', 'Body oil', 'Bath salt', 'Hair mask', 'Lip balm'],
} as const;

const COLOURS = ['ivory', 'navy', 'sage', 'sand', 'rust', 'black', 'sky', 'plum', 'moss', 'clay'] as const;

export const skuOf = (n: number): string => `SKU-${String(n).padStart(3, '0')}`;

/** What the brand sells: SKU-001 to SKU-500. */
export function demoProducts(): Product[] {
  const random = seededRandom(SEED);
  return Array.from({ length: COUNT }, (_, index) => {
    const n = index + 1;
    const department = departmentOf(n);
    const kinds = KINDS[department];
    return {
      sku: skuOf(n),
      name: `${kinds[n % kinds.length] ?? kinds[0]}, ${COLOURS[random.between(0, COLOURS.length - 1)] ?? COLOURS[0]}`,
      department,
      unitPrice: random.between(9, 190) * 100 - 10,
      unitWeight: random.between(2, department === 'home' ? 80 : 15) / 10,
    };
  });
}

function departmentOf(n: number): Product['department'] {
  if (n >= FIRST_SPECIAL) return n <= 490 ? 'home' : 'fashion';
  if (n <= 300) return 'fashion';
  return n <= 400 ? 'home' : 'beauty';
}
