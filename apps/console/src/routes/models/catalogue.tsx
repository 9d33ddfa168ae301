import type { Replica } from '@llmops/contracts/inference/v1/inference';
import type { Model } from '@llmops/contracts/models/v1/model';
import { Badge, type Column, EmptyState, SkeletonRows, Status, Table } from '@llmops/ui';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Box } from 'lucide-react';
import { useProject } from '../../api/current-user.ts';
import { QueryError } from '../../api/query-error.tsx';
import { catalogueQuery } from '../../api/served-models.ts';
import { formatBytes } from '../../format/quantity.ts';
import { engineNames, replicaStates, taskNames } from './model-names.ts';
import { replicasQuery, sizeBytes } from './model-queries.ts';
import { FetchButton, ModelState } from './model-state.tsx';

function columnsOf(project: string, replicas: Replica[]): Column<Model>[] {
  return [
    {
      id: 'name',
      header: 'Model',
      className: 'w-full max-w-0 @2xl:min-w-44',
      card: 'title',
      cell: (model) => (
        <span className="block min-w-0 py-1">
          <Link
            to="/p/$project/models/$model"
            params={{ project, model: model.id }}
            tabIndex={-1}
            className="block truncate font-medium hover:underline"
          >
            {model.displayName || model.id}
          </Link>
          <span className="block truncate font-mono text-2xs text-faint">{model.id}</span>
        </span>
      ),
    },
    { id: 'task', header: 'Task', cell: (model) => <Badge>{taskNames[model.task]}</Badge> },
    {
      id: 'engine',
      header: 'Engine',
      className: 'whitespace-nowrap',
      cell: (model) => <span className="text-muted">{engineNames[model.engine]}</span>,
    },
    {
      id: 'size',
      header: 'Size',
      align: 'end',
      className: 'whitespace-nowrap',
      cell: (model) => formatBytes(sizeBytes(model)),
    },
    {
      id: 'license',
      header: 'Licence',
      className: 'max-w-36',
      cell: (model) => (
        <span className="block truncate text-muted" title={model.license}>
          {model.license || 'Not given'}
        </span>
      ),
    },
    {
      id: 'state',
      header: 'Weights',
      card: 'wide',
      className: 'whitespace-nowrap',
      cell: (model) => <ModelState model={model} />,
    },
    {
      id: 'replicas',
      header: 'Replicas',
      card: 'wide',
      className: 'whitespace-nowrap',
      cell: (model) => <ReplicaStates replicas={replicas.filter((replica) => replica.model === model.id)} />,
    },
    {
      id: 'action',
      header: 'Actions',
      card: 'actions',
      className: 'text-right',
      cell: (model) => <FetchButton model={model} />,
    },
  ];
}

function ReplicaStates({ replicas }: { replicas: Replica[] }) {
  if (replicas.length === 0) return <span className="text-faint">None</span>;
  const states = new Map<Replica['state'], number>();
  for (const { state } of replicas) states.set(state, (states.get(state) ?? 0) + 1);
  return (
    <span className="flex gap-3">
      {[...states].map(([state, count]) => (
        <Status key={state} tone={replicaStates[state].tone}>
          {count > 1 && `${count} `}
          {replicaStates[state].text}
        </Status>
      ))}
    </span>
  );
}

export function Catalogue() {
  const project = useProject();
  const navigate = useNavigate();
  const models = useQuery(catalogueQuery);
  const replicas = useQuery(replicasQuery).data ?? [];
  if (models.error) {
    return (
      <div className="p-4">
        <QueryError error={models.error} onRetry={() => void models.refetch()} />
      </div>
    );
  }
  if (models.isPending) return <SkeletonRows />;
  if (models.data.length === 0) {
    return (
      <EmptyState icon={Box} title="The catalogue is empty">
        <p>Add a provider to call models that run elsewhere.</p>
      </EmptyState>
    );
  }
  return (
    <Table
      label="Models"
      columns={columnsOf(project.id, replicas)}
      rows={models.data}
      rowKey={(model) => model.id}
      onOpen={(model) =>
        void navigate({ to: '/p/$project/models/$model', params: { project: project.id, model: model.id } })
      }
    />
  );
}
