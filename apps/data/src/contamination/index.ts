export {
  type LeakItem,
  type LeakKind,
  LeakSearch,
  type LeakSearchInput,
  type LeakSearchResult,
} from './leak-search.ts';
export { decodeVector } from './vectors.ts';
