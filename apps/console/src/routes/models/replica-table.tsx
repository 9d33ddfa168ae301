import { timestampDate } from '@bufbuild/protobuf/wkt';
import type { Replica } from '@llmops/contracts/inference/v1/inference';
import { Card, type Column, Status, Table, Timestamp } from '@llmops/ui';
import { formatBytes, formatCount } from '../../format/quantity.ts';
import { replicaStates } from './model-names.ts';

const columns: Column<Replica>[] = [
  {
    id: 'id',
    header: 'Replica',
    className: 'w-full max-w-0',
    card: 'title',
    cell: (replica) => <span className="block truncate font-mono text-xs">{replica.id}</span>,
  },
  {
    id: 'state',
    header: 'State',
    className: 'whitespace-nowrap',
    cell: (replica) => (
      <span title={replica.error || undefined}>
        <Status tone={replicaStates[replica.state].tone}>{replicaStates[replica.state].text}</Status>
      </span>
    ),
  },
  {
    id: 'device',
    header: 'Device',
    className: 'max-w-48',
    cell: (replica) => <span className="block truncate text-muted">{replica.device || '–'}</span>,
  },
  { id: 'slots', header: 'Busy slots', align: 'end', cell: (replica) => `${replica.busySlots} of ${replica.slots}` },
  { id: 'queued', header: 'Queued', align: 'end', cell: (replica) => formatCount(replica.queued) },
  {
    id: 'memory',
    header: 'Memory',
    align: 'end',
    className: 'whitespace-nowrap',
    cell: (replica) => formatBytes(replica.memoryBytes),
  },
  { id: 'tokens', header: 'Tokens made', align: 'end', cell: (replica) => formatCount(replica.generatedTokens) },
  {
    id: 'last',
    header: 'Last token',
    className: 'whitespace-nowrap',
    cell: (replica) => (replica.lastTokenTime ? <Timestamp date={timestampDate(replica.lastTokenTime)} ago /> : '–'),
  },
  { id: 'restarts', header: 'Restarts', align: 'end', cell: (replica) => formatCount(replica.restarts) },
];

export function ReplicaTable({ replicas }: { replicas: Replica[] }) {
  return (
    <Card title="Replicas" flush>
      <Table label="Replicas" columns={columns} rows={replicas} rowKey={(replica) => replica.id} />
    </Card>
  );
}
