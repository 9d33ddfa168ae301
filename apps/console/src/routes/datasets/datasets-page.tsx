import { Button, buttonClass, Card, Tabs } from '@llmops/ui';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useProject } from '../../api/current-user.ts';
import { Page } from '../../shell/page.tsx';
import { SuiteList } from '../validation/suite-list.tsx';
import { DatasetList } from './dataset-list.tsx';
import { ImportDialog } from './import-dialog.tsx';

const route = getRouteApi('/app/p/$project/datasets');

export function DatasetsPage() {
  const project = useProject();
  const { tab = 'datasets', q = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const [importing, setImporting] = useState(false);
  const onWords = useCallback(
    (words: string) => void navigate({ search: words ? { q: words } : {}, replace: true }),
    [navigate],
  );
  const actions = project.isEditor && (
    <>
      {tab === 'suites' && (
        <Link
          to="/p/$project/validation/$suite"
          params={{ project: project.id, suite: 'new' }}
          className={buttonClass({ variant: 'primary' })}
        >
          <Plus className="size-3.5" aria-hidden />
          New suite
        </Link>
      )}
      {tab === 'datasets' && (
        <Button variant="primary" onClick={() => setImporting(true)}>
          <Plus className="size-3.5" aria-hidden />
          New dataset
        </Button>
      )}
    </>
  );
  return (
    <Page
      title="Datasets"
      description="Rows in versions that never change, and what is checked of them."
      actions={actions}
    >
      <Card flush>
        <Tabs
          label="Datasets"
          value={tab}
          onChange={(next) => void navigate({ search: next === 'suites' ? { tab: next } : {}, replace: true })}
          items={[
            {
              id: 'datasets',
              label: 'Datasets',
              content: <DatasetList q={q} onWords={onWords} onImport={() => setImporting(true)} />,
            },
            { id: 'suites', label: 'Validation suites', content: <SuiteList /> },
          ]}
        />
      </Card>
      <ImportDialog
        project={project.id}
        open={importing}
        onOpenChange={setImporting}
        onBegun={(dataset) =>
          void navigate({ to: '/p/$project/datasets/$dataset', params: { project: project.id, dataset } })
        }
      />
    </Page>
  );
}
