import type { RequestContext } from '@llmops/platform/context';
import { Injectable } from '@nestjs/common';
import { type DetectedFormat, type JsonRow, RowError, type RowPlace } from '../../formats/index.ts';
import { detectShape, type RowShape } from '../../shapes/index.ts';
import { type ColumnType, type JsonSchema, RowIds, RowKeyError, SchemaInference } from '../../versions/index.ts';
import { importRows } from './import-rows.ts';
import { type ImportSettings, ImportVersion, type OriginRequest } from './import-version.ts';
import { OpenOrigin, type OriginFiles } from './origin-files.ts';

const shownRows = 20;
// With the one that passes it, and as text beside it, less than a message holds.
const shownBytes = 4 << 20;
const lookedAtRows = 2_000;
const lookedAtMs = 3_000;

export interface ImportPreview {
  detected: DetectedFormat | undefined;
  shape: RowShape;
  schema: JsonSchema;
  columns: ColumnType[];
  rows: { id: string; index: number; json: string }[];
  errors: { place: RowPlace; reason: string }[];
}

@Injectable()
export class PreviewImport {
  constructor(
    private readonly importVersion: ImportVersion,
    private readonly openOrigin: OpenOrigin,
  ) {}

  /** What the first rows would become, and what would be refused among them. */
  async run(ctx: RequestContext, request: ImportSettings & { origin: OriginRequest }): Promise<ImportPreview> {
    const origin = await this.importVersion.keep(ctx, request.origin);
    return this.openOrigin.run(ctx, origin, (found) => this.#preview(ctx, request, found));
  }

  async #preview(ctx: RequestContext, settings: ImportSettings, { files }: OriginFiles): Promise<ImportPreview> {
    const { format, encoding, delimiter, keyColumns, inferTypes, wholeFiles } = settings;
    const ids = new RowIds(keyColumns);
    const schema = new SchemaInference();
    const preview: Pick<ImportPreview, 'detected' | 'rows' | 'errors'> = { detected: undefined, rows: [], errors: [] };
    const giveUp = Date.now() + lookedAtMs;
    let seen = 0;
    let bytes = 0;
    try {
      const rows = importRows(files, {
        format,
        encoding: encoding || undefined,
        delimiter: delimiter || undefined,
        inferTypes,
        wholeFiles,
        signal: ctx.signal,
        onFile: (_file, detected) => {
          preview.detected ??= detected;
        },
      });
      for await (const { row, place } of rows) {
        schema.add(row);
        const id = identify(ids, row, place);
        if (preview.rows.length < shownRows && bytes < shownBytes) {
          const json = JSON.stringify(row);
          preview.rows.push({ id, index: seen, json });
          bytes += json.length;
        }
        seen += 1;
        if (seen >= lookedAtRows || Date.now() > giveUp) break;
      }
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
      preview.errors.push({ place: error.place, reason: error.reason });
    }
    return { ...preview, schema: schema.schema(), columns: schema.columns(), shape: detectShape(schema.schema()) };
  }
}

function identify(ids: RowIds, row: JsonRow, place: RowPlace): string {
  try {
    return ids.of(row).id;
  } catch (error) {
    if (!(error instanceof RowKeyError)) throw error;
    throw new RowError({ ...place, column: error.column }, error.message);
  }
}
