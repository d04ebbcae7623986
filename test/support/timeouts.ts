// Tests on real servers poll for what they wait for; this only ends the ones that would wait for ever.
jest.setTimeout(60_000);
