import { auditEndpoints } from './audit/auditEndpoints.js';
import { bookEndpoints } from './books/bookEndpoints.js';
import { carrierEndpoints } from './carriers/carrierEndpoints.js';
import type { ApiDependencies } from './dependencies.js';
import { scenarioEndpoints } from './distributionScenarios/scenarioEndpoints.js';
import type { Endpoint } from './endpoint.js';
import { eventEndpoints } from './events/eventEndpoints.js';
import { inboundEndpoints } from './inbound/inboundEndpoints.js';
import { keyEndpoints } from './keys/keyEndpoints.js';
import { lifecycleEndpoints } from './lifecycles/lifecycleEndpoints.js';
import { locationEndpoints } from './locations/locationEndpoints.js';
import { omnitronEndpoints } from './omnitron/omnitronEndpoints.js';
import { orderEndpoints } from './orders/orderEndpoints.js';
import { packageEndpoints } from './packages/packageEndpoints.js';
import { reportEndpoints } from './reports/reportEndpoints.js';
import { cancellationReasonEndpoints } from './reasons/cancellationReasons.js';
import { documentEndpoints } from './documents/documentEndpoints.js';
import { denialReasonEndpoints } from './reasons/denialReasons.js';
import { lintAll } from './scenarios/lintAll.js';
import { settingEndpoints } from './settings/settingEndpoints.js';
import { stockAvailabilityEndpoints } from './stockAvailability/stockAvailabilityEndpoints.js';
import { stockEngineEndpoints } from './stockEngines/stockEngineEndpoints.js';
import { transferEndpoints } from './transfers/transferEndpoints.js';
import { transferScenarioEndpoints } from './transferScenarios/transferScenarioEndpoints.js';
import { trialEndpoints } from './trials/trialEndpoints.js';
import { deliveryEndpoints } from './webhookDeliveries/deliveryEndpoints.js';
import { webhookEndpointEndpoints } from './webhookEndpoints/webhookEndpointEndpoints.js';

/** Every endpoint below `/v1`: what is served, documented and tested. */
export const createEndpoints = (dependencies: ApiDependencies): Endpoint[] =>
  [
    orderEndpoints,
    // Before the packages, one of which could have such a number.
    documentEndpoints,
    packageEndpoints,
    transferEndpoints,
    lifecycleEndpoints,
    locationEndpoints,
    scenarioEndpoints,
    trialEndpoints,
    transferScenarioEndpoints,
    lintAll,
    stockEngineEndpoints,
    stockAvailabilityEndpoints,
    bookEndpoints,
    reportEndpoints,
    inboundEndpoints,
    omnitronEndpoints,
    carrierEndpoints,
    denialReasonEndpoints,
    cancellationReasonEndpoints,
    settingEndpoints,
    webhookEndpointEndpoints,
    deliveryEndpoints,
    eventEndpoints,
    keyEndpoints,
    auditEndpoints,
  ].flatMap((endpointsOf) => endpointsOf(dependencies));
