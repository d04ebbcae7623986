// Two projects: `unit` needs nothing but Node; `stack` runs against real Temporal and MongoDB servers,
// which its global set-up starts once for the whole run.
const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: [],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '\\.[cm]?[jt]sx?$': [
      '@swc/jest',
      {
        jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  // ESM-only dependencies, which Jest cannot require on Node 20 unless they are turned into CommonJS; and the
  // MongoDB driver, which is CommonJS but has an import() in it, which Jest cannot run untransformed.
  transformIgnorePatterns: [
    '/node_modules/(?!(mongodb|get-stream|is-plain-obj|got|@sindresorhus|@szmarczak|p-cancelable|cacheable-[^/]+|normalize-url|lowercase-keys|responselike|mimic-response|form-data-encoder|decompress-response|http2-wrapper|quick-lru|keyv|@keyv|byte-counter|chunk-data|type-fest|uint8array-extras|is-stream|listr2|log-update|cli-[^/]+|slice-ansi|strip-ansi|ansi-[^/]+|wrap-ansi|string-width|is-fullwidth-code-point|get-east-asian-width|restore-cursor|onetime|mimic-function|eventemitter3|emoji-regex|ulid|temporal-polyfill|temporal-[^/]+|@marcbachmann)/)',
  ],
};

export default {
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/{unit,planning,replay}/**/*.test.ts'],
    },
    {
      ...common,
      displayName: 'stack',
      testMatch: ['<rootDir>/test/{component,workflow}/**/*.test.ts'],
      globalSetup: '<rootDir>/test/support/globalSetup.ts',
      globalTeardown: '<rootDir>/test/support/globalTeardown.ts',
    },
  ],
};
