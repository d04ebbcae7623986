import { generateApiKey, isSecret, parseApiKey } from '../../../src/api/auth/apiKey.js';
import { createAuthenticate } from '../../../src/api/auth/authenticate.js';
import { ENVIRONMENT } from '../../../src/platform/config.js';
import { seal, unseal } from '../../../src/platform/seal.js';

describe('an API key', () => {
  test('can be read back, and is recognised by what is kept of it', () => {
    const { id, key, secretHash } = generateApiKey('live');

    const read = parseApiKey(key);

    expect(read?.id).toBe(id);
    expect(isSecret(read?.secret ?? '', secretHash)).toBe(true);
    expect(isSecret(`${read?.secret}x`, secretHash)).toBe(false);
    expect(ENVIRONMENT.shape.OMS_BOOTSTRAP_KEY.safeParse(key).success).toBe(true);
  });

  test.each(['', 'oms', 'oms_live_id_short', 'OMS_live_id_'.padEnd(50, 'a'), 'oms_live_i-d_'.padEnd(50, 'a')])(
    'is not %p',
    (text) => {
      expect(parseApiKey(text)).toBeNull();
    },
  );

  test('that begins the system is an admin without being stored, and nobody else can have its id', async () => {
    const { key, id } = generateApiKey('dev');
    const find = () => Promise.resolve(null);
    const authenticate = createAuthenticate({ apiKeys: { find }, bootstrapKey: key, now: () => new Date() });

    expect(await authenticate(`Bearer ${key}`)).toMatchObject({ caller: { id, role: 'admin', locations: null } });
    await expect(authenticate(`Bearer ${key.slice(0, -1)}_`)).rejects.toMatchObject({
      code: 'request.unauthenticated',
    });
    await expect(authenticate(`Basic ${key}`)).rejects.toMatchObject({ code: 'request.unauthenticated' });
  });
});

describe('a sealed text', () => {
  test('is opened by its secret for its purpose, and by nothing else', () => {
    const sealed = seal('the answer', 'secret', 'purpose');

    expect(unseal(sealed, 'secret', 'purpose')).toBe('the answer');
    expect(() => unseal(sealed, 'other', 'purpose')).toThrow();
    expect(() => unseal(sealed, 'secret', 'other')).toThrow();
    expect(sealed).not.toContain('answer');
  });
});
