// Tests poll for what they wait for, and machines are slow at times; this only ends what would wait for ever.
jest.setTimeout(180_000);
