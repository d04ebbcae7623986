import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/** A key as a caller holds it: `oms_<env>_<id>_<secret>`. The prefix lets people and scanners find a leaked one. */
export interface PresentedKey {
  readonly id: string;
  readonly secret: string;
}

const SHAPE = /^oms_[a-z0-9]{1,32}_([A-Za-z0-9]{1,64})_([A-Za-z0-9]{32,256})$/;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const ID_LENGTH = 12;
// 62^43 is just above 2^256.
const SECRET_LENGTH = 43;

const randomText = (length: number) =>
  Array.from({ length }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');

export function parseApiKey(text: string): PresentedKey | null {
  const [, id, secret] = SHAPE.exec(text) ?? [];
  return id !== undefined && secret !== undefined ? { id, secret } : null;
}

/** A new key, and what is kept of it. Nobody can show it a second time. */
export function generateApiKey(environment: string): { id: string; key: string; secretHash: string } {
  const id = randomText(ID_LENGTH);
  const secret = randomText(SECRET_LENGTH);
  return { id, key: `oms_${environment}_${id}_${secret}`, secretHash: hashSecret(secret) };
}

/** The secret is long and random, so a plain hash is as good as a slow one. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Takes the same time whatever the difference. */
export function isSecret(secret: string, secretHash: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(secret), 'hex'), Buffer.from(secretHash, 'hex'));
}

/** Stands in for the hash of a key that is not known, so that both cases cost the same. */
export const NOBODYS_HASH = hashSecret(randomBytes(32).toString('hex'));
