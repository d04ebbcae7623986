import type { CancellationReason } from '../../domain/configuration/integrations.js';
import { cancellationReason, cancellationReasonView } from '../../schemas/reasons.js';
import { MAY } from '../auth/roles.js';
import { keyedEndpoints } from '../configuration/keyedEndpoints.js';
import type { ApiDependencies } from '../dependencies.js';

/** Packages keep the code of their reason as text, so a reason may go at any time. */
export const cancellationReasonEndpoints = ({ configuration, now }: ApiDependencies) =>
  keyedEndpoints<CancellationReason>({
    path: '/cancellation-reasons',
    tag: 'Reasons',
    noun: 'cancellation reason',
    schema: cancellationReason,
    view: cancellationReasonView,
    repository: configuration.cancellationReasons,
    readers: MAY.readConfiguration,
    writers: MAY.configure,
    now,
  });
