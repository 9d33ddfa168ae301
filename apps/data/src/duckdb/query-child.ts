import { text } from 'node:stream/consumers';
import {
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBPreparedStatement,
  type Json,
  StatementType,
} from '@duckdb/node-api';
import { writeArrowRows } from './arrow-rows.ts';
import { jsonValue } from './json-value.ts';
import { LineWriter } from './line-writer.ts';
import { type ChildError, type ChildRequest, lineTag, type SqlRequest } from './protocol.ts';
import { quoteText } from './table-sql.ts';

/** How much more than its memory a query may spill. */
const spillFactor = 8;

class ChildFailure extends Error {
  // Not a parameter property: the file also runs with its types stripped.
  readonly kind: ChildError['kind'];

  constructor(kind: ChildError['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

/** The child's whole life: reads its request, runs it, writes lines, ends. */
export async function runQueryChild(): Promise<void> {
  const request = JSON.parse(await text(process.stdin)) as ChildRequest;
  try {
    if (request.task === 'sql') await runSql(request);
    else await writeArrowRows(request.path);
    process.stdout.write(`${lineTag.done}\n`);
  } catch (error) {
    const kind = error instanceof ChildFailure ? error.kind : 'sql';
    const message = error instanceof Error ? error.message : String(error);
    process.stdout.write(`${lineTag.error}${JSON.stringify({ kind, message } satisfies ChildError)}\n`);
  }
}

async function runSql(request: SqlRequest): Promise<void> {
  const connection = await open(request);
  const statement = await prepare(connection, request);
  const result = await statement.stream();
  const names = result.deduplicatedColumnNames().map((name) => JSON.stringify(name));
  // The type of a batch's column does not tell JSON from other text.
  const isJson = result.columnTypes().map((type) => type.alias === 'JSON');
  const writer = new LineWriter();
  await writer.write(`${lineTag.columns}[${names.join(',')}]`);
  let rows = 0;
  for await (const batch of result.yieldConvertedRows<Json>(jsonValue)) {
    rows += batch.length;
    if (rows > request.maxRows) throw new ChildFailure('rows', 'too many rows');
    for (const values of batch) {
      const fields = values.map((value, i) => `${names[i]}:${textOf(value, isJson[i]!)}`);
      await writer.write(`${lineTag.row}{${fields.join(',')}}`);
    }
  }
  await writer.flush();
}

/** A value as JSON on one line; what is JSON already stays as it was written. */
function textOf(value: Json, isJson: boolean): string {
  if (!isJson || typeof value !== 'string') return JSON.stringify(value);
  return value.includes('\n') ? JSON.stringify(JSON.parse(value)) : value;
}

/** An in-memory database that reaches the allowed files and nothing else, whatever SQL says. */
async function open({ memoryMb, tempDir, allowedPaths, setup }: SqlRequest): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    memory_limit: `${memoryMb}MB`,
    temp_directory: tempDir,
    // Without a bound one query may fill nine tenths of the disk.
    max_temp_directory_size: `${memoryMb * spillFactor}MB`,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  await connection.run(`SET TimeZone = 'UTC'`);
  if (allowedPaths.length > 0) await connection.run(`SET allowed_paths = [${allowedPaths.map(quoteText).join(', ')}]`);
  await connection.run('SET enable_external_access = false');
  for (const sql of setup) await connection.run(sql);
  await connection.run('SET lock_configuration = true');
  return connection;
}

// A SELECT cannot write: COPY could overwrite the very files that may be read.
async function prepare(connection: DuckDBConnection, { sql, trust }: SqlRequest): Promise<DuckDBPreparedStatement> {
  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1) throw new ChildFailure('sql', 'give exactly one statement');
  const statement = await statements.prepare(0);
  if (trust === 'user' && statement.statementType !== StatementType.SELECT) {
    throw new ChildFailure('sql', 'only SELECT is run');
  }
  return statement;
}
