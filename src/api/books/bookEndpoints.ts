import type { ApiDependencies } from '../dependencies.js';
import { listDiscrepancies, releaseDiscrepancies } from './discrepancies.js';
import { listReservations, releaseReservations } from './reservations.js';

export const bookEndpoints = (dependencies: ApiDependencies) => [
  listReservations(dependencies),
  releaseReservations(dependencies),
  listDiscrepancies(dependencies),
  releaseDiscrepancies(dependencies),
];
