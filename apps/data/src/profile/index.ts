export type { ColumnFigures, TableProfile } from './profile.ts';
export { Reservoir } from './reservoir.ts';
export { TableProfiler } from './table-profiler.ts';
