import type { Check } from '@llmops/contracts/data/v1/validation';
import { type CheckReport, checkReport, type FoundFault, failedReport, mostFindings } from '../../checks/index.ts';
import { defaultLimits, queryRows } from '../../duckdb/index.ts';
import type { OpenedVersion } from '../dataset/index.ts';

/**
 * Rows for which the expression is false are at fault; as for a CHECK of a table, null is no fault. What is wrong with the
 * expression becomes the check's outcome.
 */
export async function runSqlCheck(
  check: Check,
  expression: string,
  opened: OpenedVersion,
  signal: AbortSignal,
): Promise<CheckReport> {
  const rows = opened.version.rowCount;
  // The line end closes a comment at the end of the expression.
  const sql = `SELECT _row_id, _row_index, count(*) OVER () AS failed FROM "rows" WHERE NOT (${expression}\n)
    ORDER BY _row_index LIMIT ${mostFindings}`;
  const findings: FoundFault[] = [];
  let failedRows = 0;
  try {
    await opened.withTable(async (table) => {
      for await (const row of queryRows({ tables: { rows: table }, sql, limits: defaultLimits, signal })) {
        failedRows = Number(row['failed']);
        const common = { column: '', value: '', message: 'does not hold' };
        findings.push({ ...common, rowId: String(row['_row_id']), rowIndex: Number(row['_row_index']) });
      }
    });
  } catch (error) {
    signal.throwIfAborted();
    return failedReport(check, check.name, error instanceof Error ? error.message : String(error));
  }
  const message = `${failedRows} of ${rows} rows do not hold to ${expression}`;
  return checkReport(check, check.name, { failedRows, findings, message }, rows);
}
