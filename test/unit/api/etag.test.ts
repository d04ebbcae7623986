import { requireMatch, withEtag } from '../../../src/api/serve/etag.js';

describe('If-Match', () => {
  test.each(['"3"', '"2", "3"', '*', ' "3" '])('%p holds for version 3', (header) => {
    expect(() => requireMatch({ 'if-match': header }, 3)).not.toThrow();
  });

  test.each(['"2"', '3', 'W/"3"', '', '"33"'])('%p does not', (header) => {
    expect(() => requireMatch({ 'if-match': header }, 3)).toThrow(
      expect.objectContaining({ code: 'version.mismatch' }) as Error,
    );
  });

  test('is required', () => {
    expect(() => requireMatch({}, 3)).toThrow(expect.objectContaining({ code: 'version.required' }) as Error);
    expect(withEtag(3)).toEqual({ etag: '"3"' });
  });
});
