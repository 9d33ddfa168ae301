import { createHash } from 'node:crypto';
import { create, toJsonString } from '@bufbuild/protobuf';
import type { Task } from '@llmops/contracts/models/v1/model';
import { RouteSchema } from '@llmops/contracts/models/v1/provider';

/** Watched by every gateway: a model name → where it leads. */
export const routesBucket = 'routes';

/** Stands for names that every project sees. */
export const everyProject = '_';

/** Aliases hold slashes and colons, which keys of a bucket may not. */
export const routeKey = (project: string, alias: string): string =>
  `${project}.${Buffer.from(alias).toString('base64url')}`;

/**
 * The digest of what answers under a name: `rel_` and the first 26 hex characters of sha256 over the bundle as JSON with
 * sorted keys. The same bundle has the same id on every installation and after every restart.
 */
function releaseId(bundle: Record<string, string>): string {
  const canonical = JSON.stringify(Object.fromEntries(Object.entries(bundle).sort(([a], [b]) => (a < b ? -1 : 1))));
  return `rel_${createHash('sha256').update(canonical).digest('hex').slice(0, 26)}`;
}

/** A local model's bundle is its files and its name. */
export const localReleaseId = (digest: string, alias: string): string => releaseId({ digest, alias });

export interface LocalModel {
  model: string;
  digest: string;
  task: Task;
  readyTime: Date;
}

/** The route of a model that inference serves, under its own id: key and value. */
export function localRoute({ model, digest, task, readyTime }: LocalModel): [string, string] {
  const route = create(RouteSchema, {
    alias: model,
    releaseId: localReleaseId(digest, model),
    task,
    createTimeS: seconds(readyTime),
    ownedBy: 'llmops',
    upstream: { case: 'local', value: { model } },
  });
  return [routeKey(everyProject, model), toJsonString(RouteSchema, route)];
}

export interface UpstreamModel {
  project: string;
  provider: string;
  baseUrl: string;
  sealedApiKey: string;
  model: string;
  task: Task;
  priceKey: string;
  createTime: Date;
}

/** The route of a provider's model, `<provider>/<model>` in one project: key and value. */
export function upstreamRoute(upstream: UpstreamModel): [string, string] {
  const { provider, baseUrl, model, sealedApiKey } = upstream;
  const alias = upstreamAlias(provider, model);
  const route = create(RouteSchema, {
    alias,
    // Without the key: a rotated key answers with the same model.
    releaseId: releaseId({ alias, baseUrl, model }),
    task: upstream.task,
    priceKey: upstream.priceKey,
    createTimeS: seconds(upstream.createTime),
    ownedBy: provider,
    upstream: { case: 'http', value: { provider, baseUrl, model, sealedApiKey } },
  });
  return [routeKey(upstream.project, alias), toJsonString(RouteSchema, route)];
}

export const upstreamAlias = (provider: string, model: string): string => `${provider}/${model}`;

const seconds = (time: Date): bigint => BigInt(Math.floor(time.getTime() / 1_000));
