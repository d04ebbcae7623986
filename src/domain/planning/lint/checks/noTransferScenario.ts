import { ofScenario, type Check } from '../check.js';
import { canMeetBoth } from '../cover.js';

export const noTransferScenario: Check = {
  code: 'no_transfer_scenario',
  severity: 'warning',
  about:
    'A rule is `transferable`, and no published transfer scenario can apply to an order of this scenario: nothing is brought.',
  hint: 'Publish a transfer scenario for these orders, or remove `transferable`.',
  find: ofScenario(({ conditions, rules }, { transferScenarios }) => {
    if (transferScenarios.some((other) => canMeetBoth(other.conditions, conditions))) return [];
    return rules.flatMap(({ name, transferable }, index) =>
      transferable
        ? [
            {
              pointer: `/rules/${index}/transferable`,
              message: `nothing is brought to rule ${name}: no transfer scenario applies`,
            },
          ]
        : [],
    );
  }),
};
