import { AwsClient } from 'aws4fetch';
import { Parser } from 'htmlparser2';
import { itemInvalid, originFailed } from './connector.errors.ts';
import type { Connector, RemoteItem } from './connector.ts';
import { GuardedHttp, type HttpAnswer, wholeBody } from './guarded-http.ts';
import type { NetworkPolicy } from './network.ts';
import { maxDepth, parseInPieces } from './parse-in-pieces.ts';
import type { PathFilter } from './path-filter.ts';

export interface S3Options {
  /** Of an S3-compatible store; AWS's by region when empty. */
  endpoint: string;
  region: string;
  bucket: string;
  prefix: string;
  /** `{"accessKeyId", "secretAccessKey"}`; without it the bucket must be public. */
  credentials?: string | undefined;
}

interface Listed {
  key: string;
  etag: string;
  size: number;
  modified: string;
}

/** A thousand keys of 1,024 bytes, each byte escaped, fit. */
const maxListingBytes = 16 << 20;

/** Objects of a bucket; unchanged ones are known by their ETag. */
export function s3Connector(options: S3Options, network: NetworkPolicy, accepts: PathFilter): Connector {
  const http = new GuardedHttp(network);
  const bucket = new Bucket(options, http);
  return {
    async *items(signal) {
      for await (const { key, etag, size, modified } of bucket.list(signal)) {
        const path = key.slice(options.prefix.length).replace(/^\/+/, '');
        // Consoles make folders as empty objects.
        if (path === '' || key.endsWith('/') || !accepts(path)) continue;
        // In an address they would lead out of the bucket.
        if (/(^|\/)\.\.?(\/|$)/.test(key)) {
          yield { path, error: 'its key holds "." or ".." as a part; such objects cannot be read' };
          continue;
        }
        const item: RemoteItem = { path, version: etag, sizeBytes: size, read: (reading) => bucket.read(key, reading) };
        const time = new Date(modified);
        yield Number.isNaN(time.getTime()) ? item : { ...item, modifyTime: time };
      }
    },
    close: () => http.close(),
  };
}

class Bucket {
  readonly #base: string;
  readonly #client: AwsClient | undefined;

  constructor(
    private readonly options: S3Options,
    private readonly http: GuardedHttp,
  ) {
    const region = options.region || 'us-east-1';
    const endpoint = options.endpoint.replace(/\/+$/, '');
    this.#base =
      endpoint === '' ? `https://${options.bucket}.s3.${region}.amazonaws.com` : `${endpoint}/${options.bucket}`;
    this.#client =
      options.credentials === undefined
        ? undefined
        : new AwsClient({ ...parseCredentials(options.credentials), region, service: 's3' });
  }

  async *list(signal: AbortSignal): AsyncGenerator<Listed> {
    let token: string | undefined = '';
    while (token !== undefined) {
      const url = new URL(this.#base);
      url.search = new URLSearchParams({
        'list-type': '2',
        'max-keys': '1000',
        prefix: this.options.prefix,
        ...(token === '' ? {} : { 'continuation-token': token }),
      }).toString();
      const answer = await this.#get(url, signal);
      if (answer.status !== 200) throw originFailed(`${this.options.bucket}: ${await refusalOf(answer)}`);
      const page = readListing((await wholeBody(answer, maxListingBytes)).toString('utf8'));
      yield* page.objects;
      token = page.nextToken;
    }
  }

  async *read(key: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const path = key.split('/').map(encodeURIComponent).join('/');
    const answer = await this.#get(new URL(`${this.#base}/${path}`), signal);
    if (answer.status !== 200) throw itemInvalid(`${key}: ${await refusalOf(answer)}`);
    yield* answer.body as AsyncIterable<Buffer>;
  }

  /** A signature is for one address: redirects are not followed. */
  async #get(url: URL, signal: AbortSignal): Promise<HttpAnswer> {
    const signed = await this.#client?.sign(url.href, { headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } });
    const headers = signed ? Object.fromEntries(signed.headers) : {};
    return this.http.get(url, { headers, signal }, () => false);
  }
}

function parseCredentials(text: string): { accessKeyId: string; secretAccessKey: string; sessionToken?: string } {
  try {
    const value = JSON.parse(text) as Record<string, unknown>;
    const { accessKeyId, secretAccessKey, sessionToken } = value;
    if (typeof accessKeyId === 'string' && typeof secretAccessKey === 'string') {
      return { accessKeyId, secretAccessKey, ...(typeof sessionToken === 'string' ? { sessionToken } : {}) };
    }
  } catch {
    // Told below, without the text.
  }
  throw originFailed('secret: expected JSON, {"accessKeyId": "…", "secretAccessKey": "…"}.');
}

async function refusalOf(answer: HttpAnswer): Promise<string> {
  const { status } = answer;
  const text = (await wholeBody(answer, maxListingBytes)).toString('utf8');
  const code = /<Code>([^<]{1,100})<\/Code>/.exec(text)?.[1];
  return `the store answered ${status}${code ? ` (${code})` : ''}.`;
}

function readListing(xml: string): { objects: Listed[]; nextToken: string | undefined } {
  const objects: Listed[] = [];
  let nextToken: string | undefined;
  let object: Record<string, string> | undefined;
  let text = '';
  let depth = 0;
  const parser = new Parser(
    {
      onopentag(name) {
        depth += 1;
        text = '';
        if (name === 'Contents') object = {};
      },
      ontext(piece) {
        text += piece;
      },
      onclosetag(name) {
        depth -= 1;
        if (name === 'NextContinuationToken') nextToken = text;
        else if (name === 'Contents' && object) {
          const { Key = '', ETag = '', Size = '0', LastModified = '' } = object;
          objects.push({ key: Key, etag: ETag, size: Number(Size), modified: LastModified });
          object = undefined;
        } else if (object) object[name] = text;
      },
    },
    { xmlMode: true },
  );
  let isListing = true;
  parseInPieces(parser, xml, () => (isListing = depth <= maxDepth));
  if (!isListing) throw originFailed('the store answered with something that is no listing.');
  return { objects, nextToken };
}
