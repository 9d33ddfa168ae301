// The direction of imports: contracts ← db ← platform ← apps, no app to app, modules through their index.
const inModule = '^apps/([^/]+)/src/modules/([^/]+)/';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-app-to-app',
      comment: 'Services talk through contracts; shared code is a package.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/([^/]+)/', pathNot: '^apps/$1/' },
    },
    {
      name: 'no-package-to-app',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^apps/' },
    },
    {
      name: 'contracts-is-a-leaf',
      severity: 'error',
      from: { path: '^packages/contracts/' },
      to: { path: '^packages/', pathNot: '^packages/contracts/' },
    },
    {
      name: 'protocol-and-ui-are-leaves',
      severity: 'error',
      from: { path: '^packages/(llm-protocol|ui|stats)/' },
      to: { path: '^packages/', pathNot: '^packages/(llm-protocol|ui|stats)/' },
    },
    {
      name: 'db-knows-contracts-only',
      severity: 'error',
      from: { path: '^packages/db/src' },
      to: { path: '^packages/', pathNot: '^packages/(contracts|db)/' },
    },
    {
      name: 'platform-knows-contracts-and-db',
      severity: 'error',
      from: { path: '^packages/platform/src' },
      to: { path: '^packages/', pathNot: '^packages/(contracts|db|platform)/' },
    },
    {
      name: 'sdk-knows-contracts-only',
      severity: 'error',
      from: { path: '^packages/sdk/src' },
      to: { path: '^packages/', pathNot: '^packages/(contracts|sdk)/' },
    },
    {
      name: 'modules-through-their-index',
      comment: 'Tables are gathered in db/tables.ts and referenced between tables; nothing else reaches into a module.',
      severity: 'error',
      from: { path: inModule, pathNot: '\\.(table|repository)\\.ts$' },
      to: { path: inModule, pathNot: ['^apps/$1/src/modules/$2/', '/index\\.ts$'] },
    },
    {
      name: 'adapters-without-storage',
      comment: 'Handlers parse, call a verb and map; rows and SQL stay behind it.',
      severity: 'error',
      from: { path: '\\.(grpc|http|consumer)\\.ts$' },
      to: { path: '(\\.table\\.ts$|/drizzle-orm/)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'tables-private-to-repositories',
      severity: 'error',
      from: { path: '^apps/[^/]+/src/', pathNot: '(\\.(repository|table)\\.ts$|/db/|\\.test\\.ts$)' },
      to: { path: '\\.table\\.ts$' },
    },
    {
      name: 'no-test-code-in-production',
      severity: 'error',
      from: { path: '^(apps|packages)/[^/]+/src/', pathNot: '(\\.test\\.tsx?$|^packages/testing/)' },
      to: { path: '(^packages/testing/|\\.test\\.tsx?$)' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules'] },
    exclude: { path: ['/dist/', '/fixtures/', '\\.turbo'] },
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node'],
      extensions: ['.ts', '.tsx', '.js', '.mjs'],
    },
  },
};
