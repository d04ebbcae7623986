import { locationsNamedIn } from '../../namedLocations.js';
import { validateScenario, validateTransferScenario } from '../../validateScenario.js';
import { isDistribution, type Check } from '../check.js';

export const refusedWhenWritten: Check = {
  code: 'refused_when_written',
  severity: 'error',
  about:
    'Saving the scenario would be refused: an expression does not compile, or a rule contradicts itself. Only a ' +
    'scenario from a file can have it.',
  hint: 'Correct what the message says.',
  find: (scenario) => {
    // Unknown locations are a finding of their own.
    const named = new Set(locationsNamedIn(scenario).map(({ code }) => code));
    const faults = isDistribution(scenario)
      ? validateScenario(scenario, named)
      : validateTransferScenario(scenario, named);
    return faults.map(({ pointer, detail }) => ({ pointer, message: detail }));
  },
};
