import { toJson } from '@bufbuild/protobuf';
import { type Source, SourceConfigSchema } from '@llmops/contracts/data/v1/source';
import { type Json, JsonView } from '@llmops/ui';
import { useProject } from '../../api/current-user.ts';
import { ScheduleField } from './create-source-dialog.tsx';
import { useSourceMutations } from './source-queries.ts';

export function SourceSettings({ source }: { source: Source }) {
  const project = useProject();
  const { schedule } = useSourceMutations(project.id, source.id);
  return (
    <div className="grid min-w-0 items-start gap-6 p-4 md:grid-cols-[16rem_minmax(0,1fr)]">
      {project.isEditor && source.config?.kind.case !== 'upload' && (
        <ScheduleField value={source.syncIntervalMinutes} onChange={(minutes) => schedule.mutate(minutes)} />
      )}
      <div className="min-w-0">
        <h3 className="mb-1.5 text-xs font-medium text-muted">What is read</h3>
        <div className="min-w-0 rounded-md border border-line bg-sunken px-2 py-2 break-words">
          <JsonView value={source.config ? (toJson(SourceConfigSchema, source.config) as Json) : {}} open={4} />
        </div>
      </div>
    </div>
  );
}
