import { z } from 'zod';

/** Of a party outside that signs what it pushes. */
export const pushSecret = z
  .string()
  .meta({ description: '`whsec_...`: signs pushes as Standard Webhooks says. Shown only now.' });

export const newPushSecret = z.object({ secret: pushSecret }).meta({ id: 'NewPushSecret' });
