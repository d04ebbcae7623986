import type { PackageState } from '../../../domain/lifecycle/packageLifecycle.js';
import type { PackageProcess } from '../process.js';

/** Takes the state before the first wait, so that no other command passes the guard; answers the one to go back to. */
export function claim(parcel: PackageProcess, state: PackageState): PackageState {
  const back = parcel.state;
  parcel.state = state;
  return back;
}

/** The state to go back to after `blocked` or `cancellation_waiting`. */
export const stateBefore = (parcel: PackageProcess): PackageState => parcel.record.stateBefore ?? 'waiting';
