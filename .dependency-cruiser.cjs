/** The arrows of the architecture: domain <- workflows, planner <- activities, store, clients, api <- workers, cli, local. */
const only = (from, allowed, comment) => ({
  name: `${from.replace('^src/', '')}-reaches-out`,
  severity: 'error',
  comment,
  from: { path: `${from}/` },
  to: { path: '^src/', pathNot: [`${from}/`, ...allowed] },
});

module.exports = {
  forbidden: [
    only('^src/domain', [], 'The domain is pure and imports only itself.'),
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment:
        'No I/O in the domain: no Node built-in but none, and only the expression engine, the calendar and the comparison from npm.',
      from: { path: '^src/domain/' },
      to: {
        dependencyTypes: ['core', 'npm'],
        pathNot: 'node_modules/(@marcbachmann/cel-js|microdiff|temporal-polyfill)/',
      },
    },
    {
      name: 'workflows-import-domain-only',
      severity: 'error',
      comment: 'Workflow code imports the domain; activities as types only.',
      from: { path: '^src/workflows/' },
      to: { path: '^src/', pathNot: ['^src/(domain|workflows)/'], dependencyTypesNot: ['type-only'] },
    },
    only('^src/platform', [], 'What all I/O shares knows nobody.'),
    only('^src/planner', ['^src/(domain|platform)/'], 'Planning in threads knows what it runs.'),
    only('^src/store', ['^src/(domain|platform)/'], 'The store knows the domain and the platform.'),
    only(
      '^src/clients',
      ['^src/(domain|platform|schemas|workflows)/'],
      'Clients know the domain, its shapes outside, the platform and the messages of workflows.',
    ),
    only('^src/documents', ['^src/domain/'], 'Documents are drawn from plain data.'),
    only('^src/schemas', ['^src/domain/'], 'Schemas and views give the domain its shape outside.'),
    only(
      '^src/activities',
      ['^src/(domain|platform|planner|schemas|store|clients|workflows)/'],
      'Activities do I/O for workflows.',
    ),
    only(
      '^src/api',
      ['^src/(documents|domain|platform|planner|schemas|store|clients|workflows)/'],
      'The API is beside the activities, not above.',
    ),
    only(
      '^src/client',
      ['^src/(domain|platform|schemas|clients|workflows)/'],
      'What other programs import reaches Temporal and nothing else.',
    ),
    only(
      '^src/workers',
      ['^src/(domain|platform|planner|schemas|store|clients|workflows|activities)/'],
      'Workers wire activities.',
    ),
    only(
      '^src/local',
      ['^src/(domain|platform|clients)/'],
      'Servers and simulators speak HTTP, they share no code with the API.',
    ),
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'mongoose-in-store',
      severity: 'error',
      from: { pathNot: '^src/store/' },
      to: { path: 'node_modules/mongoose/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
      extensions: ['.ts', '.js'],
    },
  },
};
