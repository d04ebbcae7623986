import type { Command } from 'commander';

import type { ApiClient } from '../apiClient.js';
import { addBacktest } from './trials/backtest.js';
import { addShadow } from './trials/shadow.js';
import { addSimulate } from './trials/simulate.js';

/** Trying a distribution scenario before it acts. */
export function addTrials(scenarios: Command, connect: () => ApiClient): void {
  addSimulate(scenarios, connect);
  addBacktest(scenarios, connect);
  addShadow(scenarios, connect);
}
