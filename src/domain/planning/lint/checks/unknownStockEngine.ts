import { admittedBy } from '../admission.js';
import { listed, type Check } from '../check.js';
import { filtersOf } from '../parts.js';

export const unknownStockEngine: Check = {
  code: 'unknown_stock_engine',
  severity: 'warning',
  about: 'The stock of a location that a rule may use is known to no stock engine: the location never has any.',
  hint: 'Create the stock engine, or name another one at the location.',
  find: (scenario, surroundings) => {
    const known = new Set(surroundings.stockEngines);
    const lost = filtersOf(scenario).flatMap((part) =>
      admittedBy(part, surroundings)
        .filter(({ stockEngine }) => stockEngine !== undefined && !known.has(stockEngine))
        .map(({ code }) => ({ code, pointer: part.pointer })),
    );
    const [first] = lost;
    if (!first) return [];
    const codes = listed([...new Set(lost.map(({ code }) => code))]);
    return [{ pointer: first.pointer, message: `the stock engine of ${codes} is not there` }];
  },
};
