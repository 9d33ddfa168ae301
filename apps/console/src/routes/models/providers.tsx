import { timestampDate } from '@bufbuild/protobuf/wkt';
import type { Provider } from '@llmops/contracts/models/v1/provider';
import {
  Badge,
  Button,
  type Column,
  ConfirmDialog,
  EmptyState,
  SkeletonRows,
  Table,
  Timestamp,
  useToast,
} from '@llmops/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plug, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { type ProjectContext, useProject } from '../../api/current-user.ts';
import { llmops } from '../../api/llmops.ts';
import { QueryError } from '../../api/query-error.tsx';
import { CreateProviderDialog } from './create-provider-dialog.tsx';
import { providersQuery } from './model-queries.ts';

export function Providers() {
  const project = useProject();
  const providers = useQuery(providersQuery(project.id));
  const [creating, setCreating] = useState(false);
  const [deleting, setDeleting] = useState<string>();
  const remove = useDeleteProvider(project, () => setDeleting(undefined));
  const add = project.isAdmin && (
    <Button onClick={() => setCreating(true)}>
      <Plus className="size-3.5" aria-hidden />
      Add provider
    </Button>
  );
  return (
    <div>
      {providers.error && (
        <div className="p-4">
          <QueryError error={providers.error} onRetry={() => void providers.refetch()} />
        </div>
      )}
      {providers.isPending && <SkeletonRows rows={3} />}
      {providers.data?.length === 0 && (
        <EmptyState icon={Plug} title="No providers yet">
          <p>
            A provider is a server that speaks the OpenAI API: vLLM, SGLang, Ollama, or a hosted one. Its models are
            called <code className="font-mono">provider/model</code>.
          </p>
          {add}
        </EmptyState>
      )}
      {providers.data !== undefined && providers.data.length > 0 && (
        <>
          <div className="flex justify-end border-b border-line px-4 py-2">{add}</div>
          <Table
            label="Providers"
            columns={columnsOf(project.isAdmin, setDeleting)}
            rows={providers.data}
            rowKey={(provider) => provider.id}
          />
        </>
      )}
      <CreateProviderDialog project={project.id} open={creating} onOpenChange={setCreating} />
      <ConfirmDialog
        open={deleting !== undefined}
        onOpenChange={() => setDeleting(undefined)}
        title={`Delete provider ${deleting ?? ''}?`}
        action="Delete provider"
        busy={remove.isPending}
        onConfirm={() => deleting && remove.mutate(deleting)}
      >
        Calls to its models fail from then on. Traces and costs of past calls stay. The stored key is destroyed.
      </ConfirmDialog>
    </div>
  );
}

function columnsOf(isAdmin: boolean, onDelete: (id: string) => void): Column<Provider>[] {
  return [
    {
      id: 'id',
      header: 'Provider',
      card: 'title',
      className: 'whitespace-nowrap',
      cell: (provider) => <span className="font-medium">{provider.id}</span>,
    },
    {
      id: 'url',
      header: 'Address',
      card: 'wide',
      className: 'w-full max-w-0 @2xl:min-w-40',
      cell: (provider) => <span className="block truncate font-mono text-xs text-muted">{provider.baseUrl}</span>,
    },
    {
      id: 'models',
      header: 'Models',
      card: 'wide',
      className: 'max-w-64',
      cell: (provider) => (
        <span className="block truncate" title={provider.models.map((model) => model.id).join('\n')}>
          {provider.models.map((model) => model.id).join(', ')}
        </span>
      ),
    },
    {
      id: 'key',
      header: 'Key',
      cell: (provider) => (
        <Badge tone={provider.hasApiKey ? 'success' : 'neutral'}>{provider.hasApiKey ? 'Stored' : 'None'}</Badge>
      ),
    },
    {
      id: 'time',
      header: 'Added',
      className: 'whitespace-nowrap',
      cell: (provider) => provider.createTime && <Timestamp date={timestampDate(provider.createTime)} ago />,
    },
    {
      id: 'action',
      header: 'Actions',
      card: 'actions',
      cell: (provider) =>
        isAdmin && (
          <Button
            variant="ghost"
            size="sm"
            icon
            aria-label={`Delete provider ${provider.id}`}
            onClick={() => onDelete(provider.id)}
          >
            <Trash2 className="size-3.5" />
          </Button>
        ),
    },
  ];
}

function useDeleteProvider(project: ProjectContext, onDone: () => void) {
  const queryClient = useQueryClient();
  const toast = useToast();
  return useMutation({
    mutationFn: (provider: string) => llmops.providers.deleteProvider({ project: project.id, provider }),
    onSuccess: (_, provider) => {
      onDone();
      toast({ title: `Provider ${provider} deleted` });
      return queryClient.invalidateQueries({ queryKey: providersQuery(project.id).queryKey });
    },
    onError: (error) => toast({ tone: 'danger', title: 'The provider was not deleted', detail: error.message }),
  });
}
