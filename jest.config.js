// Two projects: `unit` needs nothing but Node; `stack` runs against real Temporal and MongoDB servers,
// which its global set-up starts once for the whole run. `chaos` kills what it runs on; it takes long and is not in `npm test`.
const common = {
  testEnvironment: 'node',
  setupFilesAfterEnv: ['<rootDir>/test/support/timeouts.ts'],
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
  // Dependencies are turned into CommonJS as well, since Jest cannot require ESM-only ones on Node 20. Left out is
  // what is large and CommonJS already.
  transformIgnorePatterns: ['/node_modules/(@temporalio|@swc|@grpc|protobufjs|webpack|typescript|mongoose|bson)/'],
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
      testMatch: ['<rootDir>/test/{component,workflow,model}/**/*.test.ts'],
      globalSetup: '<rootDir>/test/support/globalSetup.ts',
      globalTeardown: '<rootDir>/test/support/globalTeardown.ts',
    },
    {
      ...common,
      displayName: 'chaos',
      testMatch: ['<rootDir>/test/workflow/**/*.chaos.ts'],
      globalSetup: '<rootDir>/test/support/globalSetup.ts',
      globalTeardown: '<rootDir>/test/support/globalTeardown.ts',
    },
  ],
};
