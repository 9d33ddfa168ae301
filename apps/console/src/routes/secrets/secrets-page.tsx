import { timestampDate } from '@bufbuild/protobuf/wkt';
import type { Secret } from '@llmops/contracts/governance/v1/secret';
import {
  Button,
  Card,
  type Column,
  ConfirmDialog,
  EmptyState,
  SkeletonRows,
  Table,
  Timestamp,
  useToast,
} from '@llmops/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Lock, Plus, RotateCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useProject } from '../../api/current-user.ts';
import { llmops } from '../../api/llmops.ts';
import { QueryError } from '../../api/query-error.tsx';
import { Page } from '../../shell/page.tsx';
import { SecretDialog } from './secret-dialog.tsx';
import { secretsQuery } from './secret-queries.ts';

export function SecretsPage() {
  const project = useProject();
  const { data: secrets, error, refetch } = useQuery(secretsQuery(project.id));
  const [creating, setCreating] = useState(false);
  const [rotating, setRotating] = useState<Secret>();
  const [deleting, setDeleting] = useState<Secret>();
  const remove = useDeleteSecret(project.id, () => setDeleting(undefined));
  const create = project.isAdmin && (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus className="size-3.5" aria-hidden />
      Create secret
    </Button>
  );
  return (
    <Page
      title="Secrets"
      description="Credentials that sources use. They go in and are never shown again."
      actions={create}
    >
      {error && <QueryError error={error} onRetry={() => void refetch()} />}
      {!error && (
        <Card flush>
          {!secrets && <SkeletonRows rows={4} />}
          {secrets && secrets.length > 0 && (
            <Table
              label="Secrets"
              columns={columnsOf(project.isAdmin, setRotating, setDeleting)}
              rows={secrets}
              rowKey={({ id }) => id}
            />
          )}
          {secrets?.length === 0 && (
            <EmptyState icon={Lock} title="No secrets yet">
              <p>A Git token, keys of an S3 store, or the connection string of a database.</p>
            </EmptyState>
          )}
        </Card>
      )}
      <SecretDialog project={project.id} open={creating} onClose={() => setCreating(false)} />
      <SecretDialog
        project={project.id}
        open={rotating !== undefined}
        secret={rotating}
        onClose={() => setRotating(undefined)}
      />
      <ConfirmDialog
        open={deleting !== undefined}
        onOpenChange={() => setDeleting(undefined)}
        title={`Delete ${deleting?.displayName ?? 'secret'}?`}
        action="Delete secret"
        busy={remove.isPending}
        onConfirm={() => deleting && remove.mutate(deleting)}
      >
        Sources that use it fail at their next sync. This cannot be undone.
      </ConfirmDialog>
    </Page>
  );
}

function columnsOf(
  isAdmin: boolean,
  onRotate: (secret: Secret) => void,
  onDelete: (secret: Secret) => void,
): Column<Secret>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      card: 'title',
      className: 'w-full max-w-0',
      cell: ({ displayName }) => <span className="block truncate font-medium">{displayName}</span>,
    },
    {
      id: 'created',
      header: 'Created',
      className: 'whitespace-nowrap',
      cell: ({ createTime }) => createTime && <Timestamp date={timestampDate(createTime)} ago />,
    },
    {
      id: 'rotated',
      header: 'Value since',
      className: 'whitespace-nowrap',
      cell: ({ rotateTime }) => rotateTime && <Timestamp date={timestampDate(rotateTime)} ago />,
    },
    {
      id: 'actions',
      header: 'Actions',
      card: 'actions',
      className: 'text-right whitespace-nowrap',
      cell: (secret) =>
        isAdmin && (
          <span className="inline-flex gap-1">
            <Button
              size="sm"
              aria-label={`Replace the value of ${secret.displayName}`}
              onClick={() => onRotate(secret)}
            >
              <RotateCw className="size-3.5" aria-hidden />
              Replace
            </Button>
            <Button
              size="sm"
              variant="ghost"
              icon
              aria-label={`Delete ${secret.displayName}`}
              onClick={() => onDelete(secret)}
            >
              <Trash2 className="size-3.5" aria-hidden />
            </Button>
          </span>
        ),
    },
  ];
}

function useDeleteSecret(project: string, onDone: () => void) {
  const queryClient = useQueryClient();
  const toast = useToast();
  return useMutation({
    mutationFn: ({ id }: Secret) => llmops.secrets.deleteSecret({ project, secret: id }),
    onSuccess: (_, { displayName }) => {
      onDone();
      toast({ title: `${displayName} deleted` });
      return queryClient.invalidateQueries({ queryKey: secretsQuery(project).queryKey });
    },
    onError: (error) => toast({ tone: 'danger', title: 'The secret was not deleted', detail: error.message }),
  });
}
