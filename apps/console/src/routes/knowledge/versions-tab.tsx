import type { IndexVersion, KnowledgeBase } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { Button, ConfirmDialog, SkeletonRows } from '@llmops/ui';
import { useQuery } from '@tanstack/react-query';
import { Hammer, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useProject } from '../../api/current-user.ts';
import { QueryError } from '../../api/query-error.tsx';
import { CreateVersionDialog } from './create-version-dialog.tsx';
import { indexVersionsQuery } from './knowledge-queries.ts';
import { VersionItem } from './version-item.tsx';
import { useVersionMutations } from './version-mutations.ts';

export function VersionsTab({ knowledgeBase }: { knowledgeBase: KnowledgeBase }) {
  const project = useProject();
  const { id, liveIndexVersion, previousIndexVersion } = knowledgeBase;
  const query = useQuery(indexVersionsQuery(project.id, id));
  const { activate, rollback, remove, probe } = useVersionMutations(project.id, id);
  const [building, setBuilding] = useState(false);
  const [deleting, setDeleting] = useState<IndexVersion>();
  const versions = query.data?.toSorted((a, b) => b.number - a.number) ?? [];
  const previous = versions.find((version) => version.id === previousIndexVersion);
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2.5">
        <p className="min-w-0 flex-1 text-muted max-sm:basis-full">
          An index is built beside the live one, measured, switched to at once, and rolled back.
        </p>
        {project.isEditor && previous && (
          <Button busy={rollback.isPending} onClick={() => rollback.mutate()}>
            <Undo2 className="size-3.5" aria-hidden />
            Roll back to v{previous.number}
          </Button>
        )}
        {project.isEditor && (
          <Button variant="primary" onClick={() => setBuilding(true)}>
            <Hammer className="size-3.5" aria-hidden />
            Build version
          </Button>
        )}
      </div>
      {query.error && (
        <div className="p-4">
          <QueryError error={query.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      {query.isPending && <SkeletonRows rows={4} />}
      <ul aria-label="Index versions" className="divide-y divide-line">
        {versions.map((version) => (
          <VersionItem
            key={version.id}
            version={version}
            isPrevious={version.id === previousIndexVersion}
            mayChange={project.isEditor}
            isProbing={probe.isPending && probe.variables === version.id}
            onActivate={() => activate.mutate(version.id)}
            onProbe={() => probe.mutate(version.id)}
            onDelete={() => setDeleting(version)}
          />
        ))}
      </ul>
      {building && (
        <CreateVersionDialog
          project={project.id}
          knowledgeBase={id}
          settings={versions.find((version) => version.id === liveIndexVersion)?.settings}
          onClose={() => setBuilding(false)}
        />
      )}
      <ConfirmDialog
        open={deleting !== undefined}
        onOpenChange={() => setDeleting(undefined)}
        title={`Delete v${deleting?.number}?`}
        action="Delete version"
        busy={remove.isPending}
        onConfirm={() => deleting && remove.mutate(deleting.id, { onSettled: () => setDeleting(undefined) })}
      >
        Its chunks and vectors are removed. Documents and the live index stay. It can be built again from the same
        settings.
      </ConfirmDialog>
    </>
  );
}
