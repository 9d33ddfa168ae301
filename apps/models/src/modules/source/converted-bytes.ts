import { setImmediate as turn } from 'node:timers/promises';
import { type Conversion, conversions } from '../../conversion/convert.ts';
import { SourceError } from './source-error.ts';

/** What a conversion makes of all the bytes of a source, from offset `from`. */
export async function* convertedBytes(
  source: AsyncIterable<Uint8Array>,
  conversion: Conversion,
  from: number,
): AsyncGenerator<Uint8Array> {
  const whole = await collect(source);
  let skip = from;
  try {
    for (const chunk of conversions[conversion](whole)) {
      const rest = chunk.subarray(Math.min(skip, chunk.length));
      skip -= chunk.length - rest.length;
      if (rest.length > 0) yield rest;
      await turn();
    }
  } catch (error) {
    throw new SourceError(`${conversion}: ${(error as Error).message}`, { cause: error });
  }
}

async function collect(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}
