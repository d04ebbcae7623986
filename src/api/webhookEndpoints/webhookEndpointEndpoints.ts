import type { ApiDependencies } from '../dependencies.js';
import { listWebhookEndpoints, readWebhookEndpoint } from './readEndpoints.js';
import { rotateSecret } from './rotateSecret.js';
import { testEndpoint } from './testEndpoint.js';
import { changeWebhookEndpoint, createWebhookEndpoint, deleteWebhookEndpoint } from './writeEndpoints.js';

export const webhookEndpointEndpoints = (dependencies: ApiDependencies) => [
  listWebhookEndpoints(dependencies),
  createWebhookEndpoint(dependencies),
  readWebhookEndpoint(dependencies),
  changeWebhookEndpoint(dependencies),
  deleteWebhookEndpoint(dependencies),
  rotateSecret(dependencies),
  testEndpoint(dependencies),
];
