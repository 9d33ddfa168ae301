import { runAnalysisChild } from './analysis/run-child.ts';

await runAnalysisChild();
