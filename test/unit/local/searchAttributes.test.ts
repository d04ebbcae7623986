import { SEARCH_ATTRIBUTES as registered } from '../../../src/clients/prepareNamespace.js';
import * as messages from '../../../src/workflows/messages.js';

test('the embedded server knows every search attribute that workflows set', () => {
  const used = Object.values(messages.SEARCH_ATTRIBUTES).map(({ name }) => name);

  expect([...registered].sort()).toEqual(used.sort());
});
