import { mediaTypeOf } from '../../../src/domain/mediaType.js';

test.each([
  ['%PDF-1.7\n', 'application/pdf'],
  ['\x89PNG\r\n\x1a\n....', 'image/png'],
  ['\xff\xd8\xff\xe0', 'image/jpeg'],
  ['^XA^FDx^XZ', 'application/zpl'],
  ['<html><script>', null],
  ['<svg xmlns="http://www.w3.org/2000/svg">', null],
  ['', null],
])('%j is %s', (text, type) => {
  expect(mediaTypeOf(Buffer.from(text, 'latin1'))).toBe(type);
});
