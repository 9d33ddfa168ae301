import { create } from '@bufbuild/protobuf';
import { type Model, ModelSchema } from '@llmops/contracts/models/v1/model';
import { useToast } from '@llmops/ui';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { llmops } from '../../api/llmops.ts';
import { catalogueQuery } from '../../api/served-models.ts';

export const replicasQuery = queryOptions({
  queryKey: ['replicas'],
  queryFn: async ({ signal }) => (await llmops.replicas.listReplicas({}, { signal })).replicas,
  refetchInterval: 5_000,
});

export const providersQuery = (project: string) =>
  queryOptions({
    queryKey: ['providers', project],
    queryFn: async ({ signal }) => (await llmops.providers.listProviders({ project }, { signal })).providers,
  });

/** Starts a fetch, or stops the one under way; the answer's state shows at once. */
export function useFetchModel(action: 'fetchModel' | 'cancelFetch') {
  const queryClient = useQueryClient();
  const toast = useToast();
  return useMutation({
    mutationFn: (model: string) => llmops.models[action]({ model }),
    onSuccess: (changed) => {
      queryClient.setQueryData(catalogueQuery.queryKey, (models) =>
        models?.map((model) => withArtifact(model, changed)),
      );
      return queryClient.invalidateQueries({ queryKey: catalogueQuery.queryKey });
    },
    onError: (error) => toast({ tone: 'danger', title: 'The model was not changed', detail: error.message }),
  });
}

function withArtifact(model: Model, changed: Model): Model {
  if (model.id !== changed.id || !changed.artifact) return model;
  return create(ModelSchema, { ...model, artifact: changed.artifact });
}

/** Bytes of all files: the artefact's own count, or the catalogue's sum before anything was fetched. */
export function sizeBytes(model: Model): bigint {
  const total = model.artifact?.totalBytes ?? 0n;
  return total > 0n ? total : model.files.reduce((sum, file) => sum + file.sizeBytes, 0n);
}
