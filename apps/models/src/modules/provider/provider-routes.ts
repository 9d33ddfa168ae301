import { deleteKey, type OutboxMessage, putKey } from '@llmops/db';
import { routeKey, routesBucket, upstreamAlias, upstreamRoute } from '../route/index.ts';
import type { ProviderRow } from './provider.repository.ts';

/** The entries of a provider's models in the bucket `routes`: keys and values. */
export const providerRoutes = (row: ProviderRow): [string, string][] =>
  row.models.map(({ id, task, priceKey }) =>
    upstreamRoute({
      project: row.projectId,
      provider: row.id,
      baseUrl: row.baseUrl,
      sealedApiKey: row.sealedApiKey ?? '',
      model: id,
      task,
      priceKey,
      createTime: row.createTime,
    }),
  );

export const publishProvider = (row: ProviderRow): OutboxMessage[] =>
  providerRoutes(row).map(([key, value]) => putKey(routesBucket, key, value));

export const withdrawProvider = (row: ProviderRow): OutboxMessage[] =>
  row.models.map(({ id }) => deleteKey(routesBucket, routeKey(row.projectId, upstreamAlias(row.id, id))));
