import { timestampDate } from '@bufbuild/protobuf/wkt';
import type { ApiKey } from '@llmops/contracts/governance/v1/identity';
import {
  Button,
  Card,
  type Column,
  ConfirmDialog,
  EmptyState,
  SkeletonRows,
  Status,
  Table,
  Timestamp,
  type Tone,
} from '@llmops/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { useProject } from '../../api/current-user.ts';
import { QueryError } from '../../api/query-error.tsx';
import { CurlExample } from '../../shell/curl-example.tsx';
import { LoadMore } from '../../shell/load-more.tsx';
import { Page } from '../../shell/page.tsx';
import { CreateKeyDialog } from './create-key-dialog.tsx';
import { type KeyState, keyState, roleNames } from './key-state.ts';
import { keysQuery, useRevokeKey } from './keys-queries.ts';

export function KeysPage() {
  const project = useProject();
  const query = useInfiniteQuery(keysQuery(project.id));
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey>();
  const revoke = useRevokeKey(project.id, () => setRevoking(undefined));
  const keys = query.data?.pages.flatMap((page) => page.apiKeys) ?? [];
  const create = project.isAdmin && (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus className="size-3.5" aria-hidden />
      Create key
    </Button>
  );
  return (
    <Page
      title="API keys"
      description={`Credentials of applications that act in ${project.displayName}.`}
      actions={create}
    >
      <div className="flex flex-col gap-3">
        {query.error && <QueryError error={query.error} onRetry={() => void query.refetch()} />}
        {!query.isLoadingError && (
          <Card flush>
            {query.isPending && <SkeletonRows rows={4} />}
            {keys.length > 0 && (
              <Table
                label="API keys"
                columns={columnsOf(project.isAdmin, setRevoking)}
                rows={keys}
                rowKey={(key) => key.id}
              />
            )}
            {query.isSuccess && keys.length === 0 && (
              <EmptyState icon={KeyRound} title="No keys yet">
                <p>
                  {project.isAdmin
                    ? 'Create one, then call a model with it:'
                    : 'Ask an administrator of the project for one.'}
                </p>
                {project.isAdmin && <CurlExample />}
              </EmptyState>
            )}
          </Card>
        )}
        <LoadMore query={query} />
      </div>
      <CreateKeyDialog project={project.id} open={creating} onOpenChange={setCreating} />
      <ConfirmDialog
        open={revoking !== undefined}
        onOpenChange={() => setRevoking(undefined)}
        title={`Revoke ${revoking?.displayName ?? 'key'}?`}
        action="Revoke key"
        busy={revoke.isPending}
        onConfirm={() => revoking && revoke.mutate(revoking.id)}
      >
        Applications that use <code className="font-mono text-ink">{revoking?.prefix}…</code> are refused within
        seconds. This cannot be undone.
      </ConfirmDialog>
    </Page>
  );
}

const states: Record<KeyState, { tone: Tone; text: string }> = {
  active: { tone: 'success', text: 'Active' },
  expired: { tone: 'warning', text: 'Expired' },
  revoked: { tone: 'neutral', text: 'Revoked' },
};

function columnsOf(isAdmin: boolean, onRevoke: (key: ApiKey) => void): Column<ApiKey>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      className: 'w-full max-w-0',
      card: 'title',
      cell: (key) => <span className="block truncate font-medium">{key.displayName}</span>,
    },
    {
      id: 'prefix',
      header: 'Key',
      className: 'whitespace-nowrap',
      cell: (key) => <code className="font-mono text-xs text-muted">{key.prefix}…</code>,
    },
    { id: 'role', header: 'Role', cell: (key) => roleNames[key.role] },
    {
      id: 'state',
      header: 'State',
      className: 'whitespace-nowrap',
      cell: (key) => <Status tone={states[keyState(key)].tone}>{states[keyState(key)].text}</Status>,
    },
    {
      id: 'created',
      header: 'Created',
      className: 'whitespace-nowrap',
      cell: (key) => key.createTime && <Timestamp date={timestampDate(key.createTime)} ago />,
    },
    {
      id: 'expires',
      header: 'Expires',
      className: 'whitespace-nowrap',
      cell: (key) => (key.expireTime ? <Timestamp date={timestampDate(key.expireTime)} ago /> : 'Never'),
    },
    {
      id: 'action',
      header: 'Actions',
      card: 'actions',
      className: 'text-right',
      cell: (key) =>
        isAdmin &&
        keyState(key) === 'active' && (
          <Button size="sm" aria-label={`Revoke ${key.displayName}`} onClick={() => onRevoke(key)}>
            Revoke
          </Button>
        ),
    },
  ];
}
