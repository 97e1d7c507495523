/** The import rules of docs/architecture.md. */
module.exports = {
  forbidden: [
    {
      name: 'domain-stands-alone',
      comment: 'domain/ is pure: no room of ours, no database, no browser, no Node',
      severity: 'error',
      from: { path: '^domain/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(server|web|scripts|data)/|^node:', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'domain-without-node',
      severity: 'error',
      from: { path: '^domain/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'web-from-domain-only',
      comment: 'web -> domain <- server',
      severity: 'error',
      from: { path: '^web/', pathNot: '\\.browser\\.test\\.ts$|^web/browser-tests/' },
      to: { path: '^(server|scripts|data)/' },
    },
    {
      name: 'server-from-domain-only',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^(web|scripts)/' },
    },
    {
      name: 'scripts-not-from-web',
      severity: 'error',
      from: { path: '^scripts/' },
      to: { path: '^web/', pathNot: '^web/browser-tests/' },
    },
    {
      name: 'server-rooms-keep-apart',
      comment: 'What two rooms need stands in domain/, in server/database/, or is handed in by server/app.ts',
      severity: 'error',
      from: { path: '^server/([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^server/[^/]+/',
        // Every write is told to the audit, every route names its action
        pathNot:
          '^server/($1|database)/|^server/audit/(record|askers)\\.ts$|^server/access/(audited|refusal|require-action|actor)\\.ts$',
      },
    },
    {
      name: 'web-rooms-keep-apart',
      comment: 'Screens compose rooms, the map composes their layers; ui, api and map serve them all',
      severity: 'error',
      from: { path: '^web/(?!screens/|map/|browser-tests/)([^/]+)/', pathNot: '\\.browser\\.test\\.ts$' },
      to: { path: '^web/[^/]+/', pathNot: '^web/($1|ui|api|map)/|^web/connection/query-client\\.ts$' },
    },
    {
      name: 'screens-compose',
      severity: 'error',
      from: { path: '^web/(?!screens/|main|browser-tests/)', pathNot: '\\.browser\\.test\\.ts$' },
      to: { path: '^web/screens/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?worker&url$|^virtual:' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
