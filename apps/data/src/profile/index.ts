export type { ColumnFigures, TableProfile } from './profile.ts';
