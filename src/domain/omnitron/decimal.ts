import type { Minor } from '../order/order.js';
import type { Decimal } from './source.js';

/** ISO 4217 currencies that have other than two decimals. */
const EXPONENTS: Readonly<Record<string, number>> = {
  ...of(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...of(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...of(4, 'CLF UYW'),
};

function of(exponent: number, codes: string): Record<string, number> {
  return Object.fromEntries(codes.split(' ').map((code) => [code, exponent]));
}

const KNOWN = new Set(Intl.supportedValuesOf('currency'));

export const isCurrency = (code: string): boolean => KNOWN.has(code);

/**
 * Exact minor units of a decimal amount; never by floating point.
 *
 * @returns null when the currency has no such fractions, or the amount is too large to be exact.
 */
export function toMinor(amount: Decimal, currency: string): Minor | null {
  const exponent = EXPONENTS[currency] ?? 2;
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount) ?? [];
  if (/[^0]/.test(fraction.slice(exponent))) return null;
  const minor = Number(`${sign}${whole}${fraction.slice(0, exponent).padEnd(exponent, '0')}`);
  return Number.isSafeInteger(minor) ? minor : null;
}

/** The amount as decimal text with as many decimals as the currency has: 1990 of `EUR` is `19.90`. */
export function toDecimal(minor: Minor, currency: string): Decimal {
  const exponent = EXPONENTS[currency] ?? 2;
  const digits = String(Math.abs(minor)).padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const fraction = digits.slice(digits.length - exponent);
  return `${minor < 0 ? '-' : ''}${whole}${exponent > 0 ? `.${fraction}` : ''}`;
}
