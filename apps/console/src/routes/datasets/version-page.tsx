import type { DatasetVersion } from '@llmops/contracts/data/v1/dataset';
import { Badge, Card, Skeleton, Stat, StatRow, Tabs } from '@llmops/ui';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useProject } from '../../api/current-user.ts';
import { QueryError } from '../../api/query-error.tsx';
import { formatBytes, formatCount } from '../../format/quantity.ts';
import { BackHeading } from '../../shell/back-heading.tsx';
import { Page } from '../../shell/page.tsx';
import { CompareTab } from './compare-tab.tsx';
import { formatNames, shapeNames } from './data-names.ts';
import { datasetQuery, versionQuery } from './dataset-queries.ts';
import { DiffTab } from './diff-tab.tsx';
import { LineageText } from './lineage-text.tsx';
import { ProfileTab } from './profile-tab.tsx';
import { RowsTab } from './rows-tab.tsx';
import { SchemaTab } from './schema-tab.tsx';
import { ValidationTab } from './validation-tab.tsx';
import { Verdict } from './verdict.tsx';
import { VersionActions } from './version-actions.tsx';
import { type VersionSearch, versionTabs } from './version-search.ts';

const route = getRouteApi('/app/p/$project/datasets/$dataset/versions/$version');

export function VersionPage() {
  const project = useProject();
  const { dataset, version: name } = route.useParams();
  const { data: version, error, refetch } = useQuery(versionQuery(project.id, dataset, name));
  if (version) return <VersionView key={version.id} version={version} />;
  return (
    <Page title="Version">
      {error ? <QueryError error={error} onRetry={() => void refetch()} /> : <Skeleton className="h-64" />}
    </Page>
  );
}

function VersionView({ version }: { version: DatasetVersion }) {
  const project = useProject();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const dataset = useQuery(datasetQuery(project.id, version.dataset)).data;
  const setSearch = useCallback((next: VersionSearch) => void navigate({ search: next, replace: true }), [navigate]);
  const name = dataset?.displayName ?? version.dataset;
  const heading = (
    <BackHeading to="datasets" project={project.id}>
      <Link
        to="/p/$project/datasets/$dataset"
        params={{ project: project.id, dataset: version.dataset }}
        className="truncate hover:underline"
      >
        {name}
      </Link>
      <span className="shrink-0 font-normal text-muted">version {version.number}</span>
      {version.tags.map((tag) => (
        <Badge key={tag} tone="accent">
          {tag}
        </Badge>
      ))}
    </BackHeading>
  );
  const tabs = { version, search, onSearch: setSearch };
  const contents = {
    rows: <RowsTab {...tabs} />,
    profile: <ProfileTab version={version} />,
    validation: <ValidationTab {...tabs} />,
    diff: <DiffTab {...tabs} />,
    compare: <CompareTab {...tabs} />,
    schema: <SchemaTab version={version} />,
  };
  return (
    <Page
      title={`${name} ${version.number}`}
      heading={heading}
      description={<LineageText project={project.id} version={version} />}
      actions={<VersionActions version={version} datasetName={name} />}
    >
      <div className="flex min-w-0 flex-col gap-3">
        <VersionFacts version={version} />
        <Card flush>
          <Tabs
            label="Version"
            value={search.tab ?? 'rows'}
            onChange={(next) => {
              const tab = versionTabs.find((candidate) => candidate === next);
              setSearch(tab && tab !== 'rows' ? { tab } : {});
            }}
            items={versionTabs.map((id) => ({ id, label: labels[id], content: contents[id] }))}
          />
        </Card>
      </div>
    </Page>
  );
}

const labels = {
  rows: 'Rows',
  profile: 'Profile',
  validation: 'Validation',
  diff: 'Diff',
  compare: 'Leaks and drift',
  schema: 'Schema',
};

function VersionFacts({ version }: { version: DatasetVersion }) {
  const splits = version.splits.map(({ name, rowCount }) => `${name} ${formatCount(rowCount)}`).join(' · ');
  return (
    <StatRow>
      <Stat label="Rows" value={formatCount(version.rowCount)} note={splits || undefined} />
      <Stat
        label="Size"
        value={formatBytes(version.sizeBytes)}
        note={`${formatBytes(version.addedBytes)} added to the store`}
      />
      <Stat
        label="Shape"
        value={<span className="text-base font-medium">{shapeNames[version.shape]}</span>}
        note={`from ${formatNames[version.format]}`}
      />
      <Stat
        label="Validation"
        value={
          <span className="text-base font-medium">
            <Verdict verdict={version.verdict} />
          </span>
        }
      />
    </StatRow>
  );
}
