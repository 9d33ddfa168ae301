import { fromJsonString } from '@bufbuild/protobuf';
import { type Credential, CredentialSchema } from '@llmops/contracts/governance/v1/credential';
import { type Route, RouteSchema } from '@llmops/contracts/models/v1/provider';
import type { Logger, Nats } from '@llmops/platform';
import { type WatchedBucket, watchBucket } from '@llmops/platform/kv';
import {
  catalogueKey,
  decodeCatalogue,
  type ListedPrice,
  priceCandidates,
  pricesBucket,
} from '@llmops/platform/pricing';

const options = { ignoreUnknownFields: true };

/** Project id of names that every project sees. */
const everyone = '_';

/**
 * What a request needs to know, held in memory: who a credential is, where a model name leads, what a token costs.
 * Kept current by NATS KV watches, so that no request waits for a database or another service.
 */
export class Directory {
  readonly #credentials: WatchedBucket<Credential>;
  readonly #routes: WatchedBucket<Route>;
  readonly #prices: WatchedBucket<ReadonlyMap<string, ListedPrice>>;

  constructor(nats: Nats, log: Logger) {
    this.#credentials = watchBucket({
      nats,
      log,
      bucket: 'credentials',
      decode: (text) => fromJsonString(CredentialSchema, text, options),
    });
    this.#routes = watchBucket({
      nats,
      log,
      bucket: 'routes',
      decode: (text) => fromJsonString(RouteSchema, text, options),
    });
    this.#prices = watchBucket({ nats, log, bucket: pricesBucket, decode: decodeCatalogue });
  }

  /** By sha256 of the secret, hex. */
  credential(hash: string): Credential | undefined {
    return this.#credentials.get(hash);
  }

  /** The project's own route, or the one that every project has. */
  route(project: string, alias: string): Route | undefined {
    const name = Buffer.from(alias).toString('base64url');
    return this.#routes.get(`${project}.${name}`) ?? this.#routes.get(`${everyone}.${name}`);
  }

  /** All routes that a project sees, by name. */
  routes(project: string): Route[] {
    const byAlias = new Map<string, Route>();
    for (const owner of [everyone, project]) {
      for (const [key, route] of this.#routes.entries) {
        if (key.slice(0, key.indexOf('.')) === owner) byAlias.set(route.alias, route);
      }
    }
    return [...byAlias.values()].sort((a, b) => a.alias.localeCompare(b.alias));
  }

  /** The listed price of what a route leads to: under the key it names, or under its provider and model. */
  price(route: Route): ListedPrice | undefined {
    const { case: kind, value } = route.upstream;
    const keys = [route.priceKey, ...(kind === 'http' ? priceCandidates(value.provider, value.model) : [])];
    const listed = this.#prices.get(catalogueKey);
    for (const key of keys) {
      const price = listed?.get(key);
      if (price) return price;
    }
    return undefined;
  }

  /** What is not here yet; empty once a request can be answered. */
  missing(): string[] {
    const buckets = { credentials: this.#credentials, routes: this.#routes, prices: this.#prices };
    return Object.entries(buckets).flatMap(([name, bucket]) => (bucket.ready ? [] : [name]));
  }

  stop(): void {
    for (const bucket of [this.#credentials, this.#routes, this.#prices]) bucket.stop();
  }
}
