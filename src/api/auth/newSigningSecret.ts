import { randomBytes } from 'node:crypto';

// Standard Webhooks asks for 24 to 64 bytes.
const BYTES = 32;

export const newSigningSecret = (): string => `whsec_${randomBytes(BYTES).toString('base64')}`;
