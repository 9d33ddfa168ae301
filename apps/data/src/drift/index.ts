export { TableSample } from './column-sample.ts';
export { type ColumnComparison, compareColumn, type DriftFigure } from './compare-column.ts';
export { type DriftVerdict, judgeDrift } from './judge-drift.ts';
