import { Artifact_State, type Model, Task } from '@llmops/contracts/models/v1/model';
import { Badge, buttonClass, Card, CopyableId, Skeleton, Stat, StatRow } from '@llmops/ui';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { SquareTerminal, TriangleAlert } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useProject } from '../../api/current-user.ts';
import { QueryError } from '../../api/query-error.tsx';
import { catalogueQuery } from '../../api/served-models.ts';
import { formatBytes, formatCount } from '../../format/quantity.ts';
import { BackHeading } from '../../shell/back-heading.tsx';
import { NotFound } from '../../shell/not-found.tsx';
import { Page } from '../../shell/page.tsx';
import { ModelFiles } from './model-files.tsx';
import { engineNames, taskNames } from './model-names.ts';
import { replicasQuery, sizeBytes } from './model-queries.ts';
import { FetchButton, ModelState } from './model-state.tsx';
import { ReplicaTable } from './replica-table.tsx';

const Markdown = lazy(() => import('@llmops/ui/markdown'));
const route = getRouteApi('/app/p/$project/models/$model');

export function ModelPage() {
  const { model: id } = route.useParams();
  const { data: models, error, refetch } = useQuery(catalogueQuery);
  if (error) {
    return (
      <Page title="Model">
        <QueryError error={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  if (!models) {
    return (
      <Page title="Model">
        <Skeleton className="h-64" />
      </Page>
    );
  }
  const model = models.find((entry) => entry.id === id);
  return model ? <ModelView model={model} /> : <NotFound />;
}

function ModelView({ model }: { model: Model }) {
  const project = useProject();
  const replicas = useQuery(replicasQuery).data?.filter((replica) => replica.model === model.id) ?? [];
  const canChat = model.task === Task.CHAT && model.artifact?.state === Artifact_State.READY;
  const heading = (
    <BackHeading to="models" project={project.id}>
      <span className="truncate">{model.displayName || model.id}</span>
      <Badge>{taskNames[model.task]}</Badge>
    </BackHeading>
  );
  const actions = (
    <>
      <CopyableId id={model.id} label="model id" chars={40} />
      <FetchButton model={model} />
      {canChat && (
        <Link to="/p/$project/playground" params={{ project: project.id }} className={buttonClass()}>
          <SquareTerminal className="size-3.5" aria-hidden />
          Playground
        </Link>
      )}
    </>
  );
  return (
    <Page title={model.displayName || model.id} heading={heading} actions={actions}>
      <div className="flex flex-col gap-4">
        {model.warning && (
          <p className="flex gap-3 rounded-lg border border-warning/30 bg-warning-soft px-4 py-3">
            <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warning" aria-hidden />
            {model.warning}
          </p>
        )}
        <StatRow>
          <Stat
            label="Weights"
            value={
              <span className="text-base font-medium">
                <ModelState model={model} />
              </span>
            }
            note={model.artifact?.error || undefined}
          />
          <Stat label="Size" value={formatBytes(sizeBytes(model))} note={model.quantization || undefined} />
          <Stat label="Parameters" value={model.parameters > 0n ? formatCount(model.parameters) : '–'} />
          {model.embeddingDimensions > 0 ? (
            <Stat label="Dimensions" value={model.embeddingDimensions} />
          ) : (
            <Stat
              label="Context"
              value={model.contextTokens > 0 ? formatCount(model.contextTokens) : '–'}
              note="tokens"
            />
          )}
          <Stat label="Engine" value={<span className="text-base font-medium">{engineNames[model.engine]}</span>} />
          <Stat label="Licence" value={<span className="text-base font-medium">{model.license || 'Not given'}</span>} />
        </StatRow>
        {replicas.length > 0 && <ReplicaTable replicas={replicas} />}
        <div className="grid min-w-0 items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <Card title="Model card">
            <div className="max-w-[75ch] text-base">
              <Suspense fallback={<Skeleton className="h-40" />}>
                <Markdown text={model.card || '*No card is given.*'} />
              </Suspense>
            </div>
          </Card>
          <ModelFiles model={model} />
        </div>
      </div>
    </Page>
  );
}
