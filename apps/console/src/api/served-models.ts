import { Artifact_State, Task } from '@llmops/contracts/models/v1/model';
import { queryOptions } from '@tanstack/react-query';
import { llmops } from './llmops.ts';
import { openAiGet } from './openai.ts';

export interface ServedModel {
  id: string;
  ownedBy: string;
}

interface ModelList {
  data: { id: string; owned_by?: string }[];
}

/** Models of the catalogue, with the state of their weights. */
export const catalogueQuery = queryOptions({
  queryKey: ['models'],
  queryFn: async ({ signal }) => (await llmops.models.listModels({}, { signal })).models,
  // Quickly while weights are on their way, so that the bar moves.
  refetchInterval: (query) =>
    query.state.data?.some((model) => model.artifact?.state === Artifact_State.FETCHING) ? 1_000 : 15_000,
});

/** What can be called for a conversation in this project: the alias list without the embedding models we know of. */
export const chatModelsQuery = (project: string) =>
  queryOptions({
    queryKey: ['servedModels', project],
    queryFn: async ({ signal, client }): Promise<ServedModel[]> => {
      const [served, catalogue] = await Promise.all([
        openAiGet<ModelList>('/v1/models', project, signal),
        client.ensureQueryData(catalogueQuery).catch(() => []),
      ]);
      const others = new Set(
        catalogue.filter(({ task }) => task === Task.EMBEDDING || task === Task.RERANK).map((model) => model.id),
      );
      return served.data
        .filter((model) => !others.has(model.id))
        .map((model) => ({ id: model.id, ownedBy: model.owned_by ?? '' }));
    },
    staleTime: 30_000,
  });
