export { FindTarget } from './find-target.ts';
export { vectorPartition } from './index-literal.ts';
export { countScope, listScope, mostListed, type ScopeChunks } from './list-scope.ts';
export { nearestChunks } from './nearest-chunks.ts';
export { SearchModule } from './search.module.ts';
export type { SearchTarget } from './search-target.repository.ts';
