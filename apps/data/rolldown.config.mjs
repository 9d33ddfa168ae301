import { service } from '../../rolldown.base.mjs';

export default service({
  main: 'src/main.ts',
  'duckdb-child': 'src/duckdb-child.ts',
  'analysis-child': 'src/analysis-child.ts',
});
