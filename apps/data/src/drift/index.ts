export { compareTables, type DriftItem, type TableComparison } from './compare-tables.ts';
export { type DriftVerdict, judgeDrift } from './judge-drift.ts';
export { type MeaningDrift, meaningDrift, type VectorItem } from './meaning-drift.ts';
