import pg from 'pg';
import { databaseUrl } from './database.ts';

/** Of these calls, how often each is in a table's column: what a lost or doubled row would show in. */
export async function countRows(
  table: string,
  column: string,
  ids: string[],
): Promise<{ once: number; missing: number; doubled: number }> {
  const client = new pg.Client({ connectionString: await databaseUrl() });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string; n: string }>(
      `select ${column} as id, count(*) as n from ${table} where ${column} = any($1) group by 1`,
      [ids],
    );
    const once = rows.filter(({ n }) => n === '1').length;
    return { once, missing: ids.length - rows.length, doubled: rows.length - once };
  } finally {
    await client.end();
  }
}
