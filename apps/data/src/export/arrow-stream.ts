import { Readable } from 'node:stream';
import { Field, makeData, RecordBatch, RecordBatchStreamWriter, Schema, Struct, vectorFromArray } from 'apache-arrow';
import type { JsonRow } from '../formats/index.ts';
import type { JsonSchema } from '../versions/index.ts';
import { arrowType, arrowValue } from './arrow-type.ts';

const batchRows = 1_000;

/** Rows as an Arrow IPC stream, a batch at a time. */
export function arrowStream(rows: AsyncIterable<JsonRow>, schema: JsonSchema): AsyncIterable<Uint8Array> {
  const batches = Readable.from(recordBatches(rows, schema));
  const writer = RecordBatchStreamWriter.throughNode();
  batches.on('error', (error) => writer.destroy(error));
  return batches.pipe(writer) as AsyncIterable<Uint8Array>;
}

async function* recordBatches(rows: AsyncIterable<JsonRow>, schema: JsonSchema): AsyncGenerator<RecordBatch> {
  const columns = Object.entries(schema.properties ?? {});
  const fields = columns.map(([name, column]) => new Field(name, arrowType(column), true));
  const arrowSchema = new Schema(fields);
  const batchOf = (batch: JsonRow[]): RecordBatch => {
    const children = columns.map(([name, column], i) => {
      const values = batch.map((row) => arrowValue(row[name], column));
      return vectorFromArray(values, fields[i]!.type).data[0]!;
    });
    const type = new Struct(fields);
    return new RecordBatch(arrowSchema, makeData({ type, length: batch.length, nullCount: 0, children }));
  };
  let batch: JsonRow[] = [];
  let none = true;
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < batchRows) continue;
    yield batchOf(batch);
    none = false;
    batch = [];
  }
  // Also of no rows there is a schema.
  if (batch.length > 0 || none) yield batchOf(batch);
}
