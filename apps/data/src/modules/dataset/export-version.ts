import type { RequestContext } from '@llmops/platform/context';
import { Injectable } from '@nestjs/common';
import { contentTypes, exportRows } from '../../export/index.ts';
import { type FileFormat, type JsonRow, parseJson } from '../../formats/index.ts';
import type { RowShape } from '../../shapes/index.ts';
import { exportInvalid } from './dataset.errors.ts';
import { GetVersion } from './get-version.ts';
import { shapeConverter } from './import-rows.ts';
import { OpenVersion } from './open-version.ts';

export interface ExportRequest {
  dataset: string;
  version: string;
  format: FileFormat;
  shape: RowShape | undefined;
  /** Empty for all rows. */
  split: string;
}

@Injectable()
export class ExportVersion {
  constructor(
    private readonly getVersion: GetVersion,
    private readonly openVersion: OpenVersion,
  ) {}

  /** The file's bytes, in blocks as they are taken. */
  async *run(
    ctx: RequestContext,
    request: ExportRequest,
  ): AsyncGenerator<{ contentType: string; data: Uint8Array }, void> {
    const { format, shape } = request;
    const opened = await this.openVersion.open(await this.getVersion.run(ctx, request.dataset, request.version));
    const { version, reader } = opened;
    const split = opened.split(request.split);
    const converted = shape !== undefined && shape !== version.shape;
    if (format === 'text' && shape !== 'text' && version.shape !== 'text') {
      throw exportInvalid('text holds one column of text; ask for the shape text too, or for another format');
    }
    const rows = async function* (): AsyncGenerator<JsonRow> {
      const convert = shapeConverter(shape);
      for await (const { json, index } of reader.read({ split, signal: ctx.signal })) {
        yield convert(parseJson(json) as JsonRow, { file: version.id, row: index + 1 });
      }
    };
    const source = { rows, schema: converted ? undefined : version.schema, signal: ctx.signal };
    const contentType = contentTypes[format];
    for await (const data of exportRows(source, format)) yield { contentType, data };
  }
}
