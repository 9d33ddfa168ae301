// What loads nothing large: the checks themselves, with their vocabularies, are run in a process of their own.

export { checkProblem } from './check-problem.ts';
export { type CheckReport, checkReport, failedReport, namesOf } from './check-report.ts';
export type { CheckRow } from './check-row.ts';
export { textsOf } from './column-path.ts';
export { type FoundFault, mostFindings, shown } from './running-check.ts';
