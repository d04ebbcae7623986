import type { DenialReason } from '../../domain/configuration/integrations.js';
import { denialReason, denialReasonView } from '../../schemas/reasons.js';
import { MAY } from '../auth/roles.js';
import { keyedEndpoints } from '../configuration/keyedEndpoints.js';
import type { ApiDependencies } from '../dependencies.js';

/** Packages keep the code of their reason as text, so a reason may go at any time. */
export const denialReasonEndpoints = ({ configuration, now }: ApiDependencies) =>
  keyedEndpoints<DenialReason>({
    path: '/denial-reasons',
    tag: 'Reasons',
    noun: 'denial reason',
    schema: denialReason,
    view: denialReasonView,
    repository: configuration.denialReasons,
    readers: MAY.readConfiguration,
    writers: MAY.configure,
    now,
  });
