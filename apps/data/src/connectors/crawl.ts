import { setTimeout as sleep } from 'node:timers/promises';
import { isAppError } from '@llmops/platform/errors';
import robotsParser from 'robots-parser';
import { originFailed } from './connector.errors.ts';
import type { Connector, FailedItem, RemoteItem } from './connector.ts';
import { GuardedHttp, type HttpAnswer, wholeBody } from './guarded-http.ts';
import { mediaTypeOf } from './media-type.ts';
import type { NetworkPolicy } from './network.ts';
import { once } from './once.ts';
import { linksOf, type PageLinks } from './page-links.ts';
import type { PathFilter } from './path-filter.ts';

export interface CrawlOptions {
  startUrls: readonly string[];
  /** Links followed from a start page. */
  maxDepth: number;
  /** 1,000 when 0. */
  maxPages: number;
  allowHosts: readonly string[];
  /** Between requests; 500 when 0. */
  delayMs: number;
}

interface Page {
  href: string;
  depth: number;
}

interface Robots {
  isAllowed(url: string, agent: string): boolean | undefined;
  getCrawlDelay(agent: string): number | undefined;
}

// Its types speak of a module's default export; what is exported is the function itself.
const parseRobots = robotsParser as unknown as (url: string, text: string) => Robots;

const agentName = 'llmops-sources';
const maxPageBytes = 64 << 20;
const maxRobotsBytes = 512 << 10;
const maxHrefLength = 2_000;
/** Addresses kept in mind, for a page to read and in all: a site may have links without end. */
const maxKnown = { aPage: 20, inAll: 200_000 };

/** Pages of sites, by following links: breadth first, within the hosts named, as robots.txt allows, one request at a time. */
export function crawlConnector(options: CrawlOptions, network: NetworkPolicy, accepts: PathFilter): Connector {
  const http = new GuardedHttp(network);
  let crawl: Crawl | undefined;
  return {
    items: (signal) => {
      crawl = new Crawl(options, http, accepts, signal);
      return crawl.run();
    },
    sawAll: () => crawl?.sawAll ?? false,
    close: () => http.close(),
  };
}

class Crawl {
  /** False when a page did not answer: those that only it leads to may be there still. */
  sawAll = true;
  readonly #seen = new Set<string>();
  readonly #robots = new Map<string, Promise<Robots>>();
  readonly #hosts: Set<string>;
  readonly #queue: Page[] = [];
  readonly #maxPages: number;
  #lastRequestMs = 0;

  constructor(
    private readonly options: CrawlOptions,
    private readonly http: GuardedHttp,
    private readonly accepts: PathFilter,
    private readonly signal: AbortSignal,
  ) {
    const starts = options.startUrls.map((url) => new URL(url));
    this.#hosts = new Set([...starts.map(({ host }) => host), ...options.allowHosts]);
    this.#maxPages = options.maxPages || 1_000;
    for (const url of starts) this.#enqueue(url, 0);
  }

  async *run(): AsyncGenerator<RemoteItem | FailedItem> {
    let read = 0;
    const failures: FailedItem[] = [];
    for (let next = 0; next < this.#queue.length && read < this.#maxPages; next += 1) {
      this.signal.throwIfAborted();
      const item = await this.#visit(this.#queue[next]!);
      if (!item) continue;
      read += 1;
      if ('error' in item) failures.push(item);
      yield item;
    }
    const [first] = failures;
    // A site that is away must not look like a site whose pages were all taken down.
    if (first && failures.length === read) {
      throw originFailed(`no page could be read; the first, ${first.path}: ${first.error}`);
    }
  }

  #enqueue(url: URL, depth: number): void {
    Object.assign(url, { hash: '', username: '', password: '' });
    const isWanted = /^https?:$/.test(url.protocol) && this.#hosts.has(url.host) && !this.#seen.has(url.href);
    if (!isWanted || depth > this.options.maxDepth || url.href.length > maxHrefLength) return;
    if (this.#queue.length >= Math.min(1_000 + this.#maxPages * maxKnown.aPage, maxKnown.inAll)) return;
    this.#seen.add(url.href);
    this.#queue.push({ href: url.href, depth });
  }

  async #visit({ href, depth }: Page): Promise<RemoteItem | FailedItem | undefined> {
    const url = new URL(href);
    try {
      const robots = await this.#robotsOf(url);
      if (robots.isAllowed(url.href, agentName) === false) return undefined;
      await this.#wait(robots);
      const answer = await this.http.get(url, { signal: this.signal }, (target) => this.#hosts.has(target.host));
      return await this.#pageOf(answer, depth);
    } catch (error) {
      this.signal.throwIfAborted();
      if (!isAppError(error) || error.category === 'forbidden') throw error;
      if (error.category === 'unavailable') this.sawAll = false;
      return { path: url.href, error: error.message };
    }
  }

  async #pageOf(answer: HttpAnswer, depth: number): Promise<RemoteItem | FailedItem | undefined> {
    answer.url.hash = '';
    const { href } = answer.url;
    // A redirect's target may have been read already, or stand in the queue.
    const isKnown = depth > 0 && this.#seen.has(`read ${href}`);
    this.#seen.add(href).add(`read ${href}`);
    if (answer.status === 404 || answer.status === 410 || isKnown) {
      await answer.body.dump();
      return undefined;
    }
    if (answer.status !== 200) {
      await answer.body.dump();
      if (answer.status === 429 || answer.status >= 500) this.sawAll = false;
      return { path: href, error: `answered ${answer.status}` };
    }
    const bytes = await wholeBody(answer, maxPageBytes);
    const mediaType = String(answer.headers['content-type'] ?? '')
      .split(';')[0]!
      .trim()
      .toLowerCase();
    const page = mediaType === 'text/html' || mediaType === 'application/xhtml+xml' ? linksOf(bytes) : undefined;
    if (page && !page.noFollow) this.#follow(page, answer.url, depth);
    if (page?.noIndex || !this.accepts(href)) return undefined;
    return {
      path: href,
      // The content is here already; its hash tells whether it is new.
      version: '',
      mediaType: mediaType || mediaTypeOf(answer.url.pathname),
      ...(page?.title ? { title: page.title } : {}),
      sizeBytes: bytes.length,
      ...modified(answer),
      read: () => once(bytes),
    };
  }

  #follow({ base, links }: PageLinks, url: URL, depth: number): void {
    const from = base !== undefined && URL.canParse(base, url.href) ? new URL(base, url) : url;
    for (const link of links) if (URL.canParse(link, from.href)) this.#enqueue(new URL(link, from), depth + 1);
  }

  #robotsOf({ origin }: URL): Promise<Robots> {
    let robots = this.#robots.get(origin);
    if (!robots) {
      robots = this.#readRobots(new URL('/robots.txt', origin));
      this.#robots.set(origin, robots);
    }
    return robots;
  }

  /** RFC 9309: no file allows all, a server that fails allows nothing. */
  async #readRobots(url: URL): Promise<Robots> {
    const answer = await this.http.get(url, { signal: this.signal });
    if (answer.status >= 500) {
      await answer.body.dump();
      throw originFailed(`${url.href}: answered ${answer.status}; without it nothing is read.`);
    }
    const text = answer.status === 200 ? (await wholeBody(answer, maxRobotsBytes)).toString('utf8') : '';
    if (answer.status !== 200) await answer.body.dump();
    return parseRobots(url.href, text);
  }

  async #wait(robots: Robots): Promise<void> {
    const asked = (robots.getCrawlDelay(agentName) ?? 0) * 1_000;
    const pause = Math.min(60_000, Math.max(asked, this.options.delayMs || 500));
    const left = this.#lastRequestMs + pause - Date.now();
    if (left > 0) await sleep(left, undefined, { signal: this.signal });
    this.#lastRequestMs = Date.now();
  }
}

function modified({ headers }: HttpAnswer): { modifyTime?: Date } {
  const time = new Date(String(headers['last-modified'] ?? ''));
  return Number.isNaN(time.getTime()) ? {} : { modifyTime: time };
}
