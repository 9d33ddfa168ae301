import { runQueryChild } from './duckdb/query-child.ts';

await runQueryChild();
