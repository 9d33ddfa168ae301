export type { CheckRow } from './check-row.ts';
export { textsOf, valuesAt } from './column-path.ts';
export { type FoundFault, mostFindings, shown } from './running-check.ts';
export { startCheck } from './start-check.ts';
export { type CheckReport, checkReport, failedReport, kindOf, namesOf, SuiteRun } from './suite-run.ts';
