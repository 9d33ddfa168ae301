export { ProbeModule } from './probe.module.ts';
export { ProbeDue } from './probe-due.ts';
export { ProbeRecall } from './probe-recall.ts';
