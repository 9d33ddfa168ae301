import type { DatasetVersion } from '@llmops/contracts/data/v1/dataset';
import { Badge, CodeBlock, CopyableId, Table } from '@llmops/ui';

export function SchemaTab({ version: { columns, schemaJson, digest } }: { version: DatasetVersion }) {
  return (
    <div className="grid min-w-0 items-start lg:grid-cols-2">
      <Table
        label="Columns"
        rows={columns}
        rowKey={({ name }) => name}
        columns={[
          {
            id: 'name',
            header: 'Column',
            card: 'title',
            className: 'w-full max-w-0',
            cell: ({ name }) => <span className="block truncate font-medium">{name}</span>,
          },
          {
            id: 'type',
            header: 'Type',
            className: 'whitespace-nowrap',
            cell: ({ type }) => <code className="font-mono text-xs text-muted">{type}</code>,
          },
          { id: 'null', header: 'May be null', cell: ({ nullable }) => (nullable ? <Badge>null</Badge> : 'No') },
        ]}
      />
      <div className="flex min-w-0 flex-col gap-2 border-line p-4 max-lg:border-t lg:border-l">
        <p className="flex items-center gap-2 text-xs text-muted">
          Digest <CopyableId id={digest} label="digest" chars={24} />
        </p>
        <CodeBlock code={pretty(schemaJson)} label="JSON Schema" wrap />
      </div>
    </div>
  );
}

const pretty = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
};
