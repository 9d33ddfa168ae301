import { Button, Checkbox, EmptyState, Segmented, useToast } from '@llmops/ui';
import { useMutation } from '@tanstack/react-query';
import { Play, Scale } from 'lucide-react';
import { useState } from 'react';
import { useProject } from '../../api/current-user.ts';
import { llmops } from '../../api/llmops.ts';
import { DatasetChoice } from './dataset-choice.tsx';
import { DriftView } from './drift-view.tsx';
import { LeakView } from './leak-view.tsx';
import { VersionChoice } from './version-choice.tsx';
import type { VersionTabProps } from './version-tab.ts';

type Question = 'leaks' | 'drift';

interface Asked {
  question: Question;
  report: string;
  /** The other dataset, for the ways to its rows. */
  dataset: string;
}

/** Whether rows of another version are in this one, or how far the two lie apart. */
export function CompareTab({ version }: VersionTabProps) {
  const project = useProject();
  const toast = useToast();
  const [question, setQuestion] = useState<Question>('leaks');
  const [dataset, setDataset] = useState(version.dataset);
  const [other, setOther] = useState('');
  const [embeddings, setEmbeddings] = useState(false);
  const ask = useMutation({
    mutationFn: async (): Promise<Asked> => {
      const shared = { project: project.id, embeddings };
      const { id: report } =
        question === 'leaks'
          ? await llmops.validation.checkContamination({
              ...shared,
              protectedVersion: other,
              candidateVersion: version.id,
            })
          : await llmops.validation.measureDrift({ ...shared, referenceVersion: other, currentVersion: version.id });
      return { question, report, dataset };
    },
    onError: (error) => toast({ tone: 'danger', title: 'The comparison did not begin', detail: error.message }),
  });
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2.5">
        <Segmented<Question>
          label="Question"
          value={question}
          onChange={setQuestion}
          options={[
            { value: 'leaks', label: 'Leaks' },
            { value: 'drift', label: 'Drift' },
          ]}
        />
        <span className="text-muted">{question === 'leaks' ? 'of rows of' : 'since'}</span>
        <DatasetChoice
          project={project.id}
          value={dataset}
          onChange={(next) => {
            setDataset(next);
            setOther('');
          }}
        />
        <VersionChoice
          project={project.id}
          dataset={dataset}
          label="Other version"
          none="Choose a version"
          without={version.id}
          value={other}
          onChange={setOther}
        />
        <Checkbox checked={embeddings} onChange={(event) => setEmbeddings(event.target.checked)}>
          In meaning too (slower)
        </Checkbox>
        {project.isEditor && (
          <Button variant="primary" disabled={other === ''} busy={ask.isPending} onClick={() => ask.mutate()}>
            <Play className="size-3.5" aria-hidden />
            Compare
          </Button>
        )}
      </div>
      {ask.data?.question === 'leaks' && (
        <LeakView key={ask.data.report} version={version} report={ask.data.report} otherDataset={ask.data.dataset} />
      )}
      {ask.data?.question === 'drift' && <DriftView key={ask.data.report} report={ask.data.report} />}
      {!ask.data && (
        <EmptyState icon={Scale} title="Compare with another version">
          <p>
            Leaks: rows of an evaluation set that this version holds, word for word, nearly, or in meaning. Drift: how
            far each column lies from what it was.
          </p>
        </EmptyState>
      )}
    </>
  );
}
