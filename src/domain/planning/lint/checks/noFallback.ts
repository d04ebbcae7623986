import { ofScenario, type Check } from '../check.js';

export const noFallback: Check = {
  code: 'no_fallback',
  severity: 'warning',
  about:
    'No rule places a part of what every order asks for: where not everything fits, all of it is parked at the ' +
    'default location.',
  hint: 'Add a last rule with strategy `partial`, without `when` and `lines`.',
  find: ofScenario(({ rules }) => {
    const hasFallback = rules.some(
      ({ strategy, when, lines }) => strategy === 'partial' && when === undefined && lines === undefined,
    );
    if (hasFallback) return [];
    return [
      { pointer: '/rules', message: 'no rule places a part of an order: what does not fit as a whole is parked' },
    ];
  }),
};
