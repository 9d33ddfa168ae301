import { hash } from 'node:crypto';
import type { RequestContext } from '@llmops/platform/context';
import { quoteName } from '../../duckdb/index.ts';
import { checkRow, type JsonRow, parseJson, type RowPlace } from '../../formats/index.ts';
import { canonicalJson, HashCounts, type IndexedRow } from '../../versions/index.ts';
import { rowNotFound } from './dataset.errors.ts';
import type { Derivation, RowEdit } from './derive-version.ts';
import { shapeConverter } from './import-rows.ts';
import type { OpenedVersion } from './open-version.ts';

export interface DerivedRow {
  row: JsonRow;
  place: RowPlace;
}

// A derivation is a job: it may take its time, and more memory than a question.
const limits = { timeoutMs: 1_800_000, memoryMb: 1_024, maxRows: 100_000_000 };

/** The rows that a derivation makes of its parents. */
export async function* deriveRows(
  ctx: RequestContext,
  parents: OpenedVersion[],
  steps: Derivation,
): AsyncGenerator<DerivedRow> {
  const convert = shapeConverter(steps.shape);
  const rows = () => distinct(edited(selected(ctx, parents, steps), steps.edits), steps.distinctOn);
  const chosen = steps.sampleRows > 0 ? sampled(rows, steps.sampleRows, BigInt(steps.seed)) : rows();
  for await (const { row, place } of chosen) yield { row: convert(row, place), place };
}

interface SourceRow extends DerivedRow {
  /** Absent for rows that SQL made. */
  id?: string;
}

async function* selected(
  ctx: RequestContext,
  parents: OpenedVersion[],
  { where, select }: Derivation,
): AsyncGenerator<SourceRow> {
  for (const parent of parents) {
    if (Object.keys(select).length > 0) yield* selectColumns(ctx, parent, where, select);
    else if (where !== '') yield* selectWhere(ctx, parent, where);
    else for await (const row of parent.reader.read({ signal: ctx.signal })) yield parsed(parent, row);
  }
}

function parsed({ version }: OpenedVersion, { id, index, json }: IndexedRow): SourceRow {
  const place = { file: version.id, row: index + 1 };
  return { id, row: checkRow(parseJson(json), place), place };
}

async function* selectColumns(
  ctx: RequestContext,
  parent: OpenedVersion,
  where: string,
  select: Record<string, string>,
) {
  const columns = Object.entries(select).map(([name, expression]) => `(${expression}\n) AS ${quoteName(name)}`);
  const condition = where === '' ? '' : ` WHERE (${where}\n)`;
  const sql = `SELECT ${columns.join(', ')} FROM rows${condition}`;
  let row = 0;
  for await (const value of parent.query(sql, limits, ctx.signal)) {
    row += 1;
    const place = { file: parent.version.id, row };
    yield { row: checkRow(value, place), place };
  }
}

/** Rows as they are stored: SQL says which, and is not asked what they hold. */
async function* selectWhere(ctx: RequestContext, parent: OpenedVersion, where: string): AsyncGenerator<SourceRow> {
  const wanted = new Uint8Array(parent.reader.rows);
  for await (const { i } of parent.query(`SELECT _row_index AS i FROM rows WHERE (${where}\n)`, limits, ctx.signal))
    wanted[Number(i)] = 1;
  for await (const row of parent.reader.read({ split: { splits: wanted, number: 1 }, signal: ctx.signal }))
    yield parsed(parent, row);
}

/** Replaces and leaves out by id, adds at the end. Throws `data.row_not_found` for an id that no row has. */
async function* edited(rows: AsyncIterable<SourceRow>, edits: RowEdit[]): AsyncGenerator<SourceRow> {
  const byId = new Map(edits.flatMap((edit) => (edit.kind === 'add' ? [] : [[edit.id, edit] as const])));
  const open = new Set(byId.keys());
  for await (const source of rows) {
    const edit = source.id === undefined ? undefined : byId.get(source.id);
    if (!edit) yield source;
    else {
      open.delete(edit.id);
      if (edit.kind === 'replace') yield { ...source, row: given(edit.json, source.place) };
    }
  }
  const [missing] = open;
  if (missing !== undefined) throw rowNotFound(missing);
  for (const [i, edit] of edits.filter(({ kind }) => kind === 'add').entries()) {
    const place = { file: 'edits', row: i + 1 };
    yield { row: given((edit as { json: string }).json, place), place };
  }
}

function given(json: string, place: RowPlace): JsonRow {
  let value: unknown;
  try {
    value = parseJson(json);
  } catch {
    value = json;
  }
  return checkRow(value, place);
}

async function* distinct(rows: AsyncIterable<SourceRow>, columns: string[]): AsyncGenerator<SourceRow> {
  if (columns.length === 0) {
    yield* rows;
    return;
  }
  const whole = columns.includes('*');
  const seen = new HashCounts();
  for await (const source of rows) {
    const value = whole ? source.row : columns.map((column) => source.row[column] ?? null);
    if (seen.add(hash('sha256', canonicalJson(value), 'buffer').readBigUInt64LE(0)) === 1) yield source;
  }
}

/** The rows whose seeded hash is least: the same ones whatever their order, in two passes that hold 8 bytes a row. */
async function* sampled(rows: () => AsyncIterable<SourceRow>, count: number, seed: bigint): AsyncGenerator<SourceRow> {
  const keyOf = ({ row }: SourceRow) => hash('sha256', `${seed}\n${canonicalJson(row)}`, 'buffer').readUIntBE(0, 6);
  const keys: number[] = [];
  for await (const source of rows()) keys.push(keyOf(source));
  const bound = keys.length <= count ? Number.POSITIVE_INFINITY : Float64Array.from(keys).sort()[count - 1]!;
  let taken = 0;
  for await (const source of rows()) {
    if (taken === count) return;
    if (keyOf(source) > bound) continue;
    taken += 1;
    yield source;
  }
}
