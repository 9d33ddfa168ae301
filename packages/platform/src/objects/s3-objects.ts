import { createHash, randomBytes } from 'node:crypto';
import { createWriteStream, openAsBlob } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AwsClient } from 'aws4fetch';
import { objectNotFound, objectsUnavailable, objectTooLarge } from './object.errors.ts';
import { checkedHash, checkedName } from './object-name.ts';
import type { LocalFiles, ObjectKey, ObjectStore, PutStreamOptions, StoredObject } from './object-store.ts';

export interface S3Options {
  /** `https://s3.eu-central-1.amazonaws.com`; the bucket is a part of the path. */
  endpoint: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** Before every key: the service. */
  prefix: string;
  /** Where objects lie while a child process reads them, and streams while their hash is not known. */
  scratchDir: string;
}

type Place = Omit<ObjectKey, 'sha256'>;

// An object that was put longer ago is put again, so that its time tells a sweeper that it is wanted.
const freshMs = 6 * 3_600_000;
const parallelDownloads = 8;

/** Objects in a bucket of S3 or what speaks like it: `<prefix>/<project>/<kind>/<first two characters>/<sha256>`. */
export class S3Objects implements ObjectStore {
  readonly #client: AwsClient;
  readonly #bucketUrl: string;

  constructor(private readonly options: S3Options) {
    const { accessKeyId, secretAccessKey, region, endpoint, bucket } = options;
    this.#client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 4 });
    this.#bucketUrl = `${endpoint.replace(/\/$/, '')}/${encodeURIComponent(bucket)}`;
  }

  async put(key: ObjectKey, bytes: Uint8Array): Promise<boolean> {
    const present = await this.stat(key);
    if (present && Date.now() - present.putTime.getTime() < freshMs) return false;
    await this.#upload(
      key,
      new Blob([bytes as Uint8Array<ArrayBuffer>]),
      createHash('sha256').update(bytes).digest('hex'),
    );
    return present === undefined;
  }

  async putStream(place: Place, content: AsyncIterable<Uint8Array>, options: PutStreamOptions = {}) {
    const { maxBytes = Number.POSITIVE_INFINITY, signal } = options;
    const hash = createHash('sha256');
    let sizeBytes = 0;
    const measure = new Transform({
      transform: (bytes: Buffer, _encoding, done) => {
        sizeBytes += bytes.length;
        hash.update(bytes);
        done(sizeBytes > maxBytes ? objectTooLarge(maxBytes) : null, bytes);
      },
    });
    const folder = await this.#scratch();
    try {
      const path = join(folder, 'content');
      await pipeline(Readable.from(content), measure, createWriteStream(path), signal ? { signal } : {});
      const key = { ...place, sha256: hash.digest('hex') };
      const added = (await this.stat(key)) === undefined;
      await this.#upload(key, await openAsBlob(path), key.sha256);
      return { sha256: key.sha256, sizeBytes, putTime: new Date(), added };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async get(key: ObjectKey): Promise<Buffer> {
    const response = await this.#fetch('GET', this.#url(key));
    if (response.status === 404) throw objectNotFound(key);
    return Buffer.from(await response.arrayBuffer());
  }

  async *read(key: ObjectKey, { start = 0 } = {}): AsyncIterable<Buffer> {
    const range: Record<string, string> = start > 0 ? { range: `bytes=${start}-` } : {};
    const response = await this.#fetch('GET', this.#url(key), { headers: range });
    if (response.status === 404) throw objectNotFound(key);
    // The range begins behind the end.
    if (response.status === 416 || !response.body) return;
    for await (const bytes of response.body) yield Buffer.from(bytes);
  }

  async stat(key: ObjectKey): Promise<StoredObject | undefined> {
    const response = await this.#fetch('HEAD', this.#url(key));
    if (response.status === 404) return undefined;
    const putTime = new Date(response.headers.get('last-modified') ?? 0);
    return { sha256: key.sha256, sizeBytes: Number(response.headers.get('content-length')), putTime };
  }

  async delete(key: ObjectKey): Promise<void> {
    await this.#fetch('DELETE', this.#url(key));
  }

  async *list({ projectId, kind }: Place): AsyncIterable<StoredObject> {
    const prefix = `${this.options.prefix}/${checkedName(projectId)}/${checkedName(kind)}/`;
    for await (const page of this.#pages(prefix)) {
      for (const [, entry] of page.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
        const sha256 = /<Key>[^<]*\/([0-9a-f]{64})<\/Key>/.exec(entry!)?.[1];
        if (!sha256) continue;
        const sizeBytes = Number(/<Size>(\d+)<\/Size>/.exec(entry!)?.[1]);
        yield { sha256, sizeBytes, putTime: new Date(/<LastModified>([^<]+)</.exec(entry!)?.[1] ?? 0) };
      }
    }
  }

  async projects(): Promise<string[]> {
    const prefix = `${this.options.prefix}/`;
    const found: string[] = [];
    for await (const page of this.#pages(prefix, '/')) {
      for (const [, name] of page.matchAll(/<CommonPrefixes>\s*<Prefix>[^<]*?([^/<]+)\/<\/Prefix>/g)) found.push(name!);
    }
    return found;
  }

  async openFiles(keys: readonly ObjectKey[]): Promise<LocalFiles> {
    const folder = await this.#scratch();
    const close = () => rm(folder, { recursive: true, force: true });
    const paths = keys.map((_, i) => join(folder, String(i)));
    const open = [...keys.entries()];
    const download = async () => {
      for (let next = open.shift(); next; next = open.shift()) {
        await pipeline(Readable.from(this.read(next[1])), createWriteStream(paths[next[0]]!));
      }
    };
    try {
      await Promise.all(Array.from({ length: parallelDownloads }, download));
    } catch (error) {
      await close();
      throw error;
    }
    return { paths, close };
  }

  async withFiles<T>(keys: readonly ObjectKey[], use: (paths: string[]) => Promise<T>): Promise<T> {
    const files = await this.openFiles(keys);
    try {
      return await use(files.paths);
    } finally {
      await files.close();
    }
  }

  #url({ projectId, kind, sha256 }: ObjectKey): string {
    const { prefix } = this.options;
    const hash = checkedHash(sha256);
    return `${this.#bucketUrl}/${prefix}/${checkedName(projectId)}/${checkedName(kind)}/${hash.slice(0, 2)}/${hash}`;
  }

  async #upload(key: ObjectKey, body: Blob, bodySha256: string): Promise<void> {
    await this.#fetch('PUT', this.#url(key), { body, headers: { 'x-amz-content-sha256': bodySha256 } });
  }

  /** Pages of ListObjectsV2, as XML. Our keys hold nothing that XML escapes. */
  async *#pages(prefix: string, delimiter = ''): AsyncGenerator<string> {
    let token = '';
    do {
      const query = new URLSearchParams({ 'list-type': '2', prefix });
      if (delimiter) query.set('delimiter', delimiter);
      if (token) query.set('continuation-token', token);
      const response = await this.#fetch('GET', `${this.#bucketUrl}?${query}`);
      const page = await response.text();
      yield page;
      token = /<NextContinuationToken>([^<]+)</.exec(page)?.[1] ?? '';
    } while (token);
  }

  /** Answers 2xx, 404 and 416; others are errors after a few tries. */
  async #fetch(
    method: string,
    url: string,
    init: { body?: Blob; headers?: Record<string, string> } = {},
  ): Promise<Response> {
    const response = await this.#client.fetch(url, { method, ...init }).catch((error: Error) => {
      throw objectsUnavailable(error.message, error);
    });
    if (response.ok || response.status === 416 || (response.status === 404 && method !== 'PUT')) return response;
    throw objectsUnavailable(`${method} answered ${response.status}`, new Error((await response.text()).slice(0, 500)));
  }

  async #scratch(): Promise<string> {
    await mkdir(this.options.scratchDir, { recursive: true });
    return mkdtemp(join(this.options.scratchDir, `${randomBytes(4).toString('hex')}-`));
  }
}
