import { toJson } from '@bufbuild/protobuf';
import { type Span, SpanSchema } from '@llmops/contracts/observability/v1/trace';
import { Badge, Card, CopyableId, CopyButton, type Json, JsonView, Tabs } from '@llmops/ui';
import { useState } from 'react';
import { CallStatus } from '../../format/call-status.tsx';
import { formatDuration } from '../../format/duration.ts';
import { MessageList } from './message-list.tsx';
import { readMessages } from './read-messages.ts';
import { RecordedText } from './recorded-text.tsx';
import { SpanUsage } from './span-usage.tsx';

type Tab = 'messages' | 'usage' | 'attributes' | 'raw';

/** One span: what went in and out, what it used, its attributes, and all of it as JSON. */
export function SpanDetail({ span }: { span: Span }) {
  const hasText = span.inputJson !== '' || span.outputJson !== '';
  const [tab, setTab] = useState<Tab>(hasText ? 'messages' : 'attributes');
  const attributes = Object.entries(span.attributes).sort(([a], [b]) => a.localeCompare(b));
  const items = [
    ...(hasText ? [{ id: 'messages', label: 'Messages', content: <Conversation span={span} /> }] : []),
    ...(span.usage || span.price
      ? [{ id: 'usage', label: 'Tokens and cost', content: <SpanUsage span={span} /> }]
      : []),
    {
      id: 'attributes',
      label: <>Attributes {attributes.length > 0 && <Badge>{attributes.length}</Badge>}</>,
      content: <Attributes entries={attributes} />,
    },
    { id: 'raw', label: 'Raw', content: <Raw span={span} /> },
  ];
  return (
    <Card flush>
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 pt-3 pb-1">
        <h2 className="min-w-0 truncate text-sm font-semibold">{span.name}</h2>
        {span.kind && <Badge>{span.kind}</Badge>}
        <span className="text-xs text-muted">
          <CallStatus status={span.status} />
        </span>
        <span className="text-xs text-muted tabular-nums">{formatDuration(span.durationMs)}</span>
        <span className="ml-auto">
          <CopyableId id={span.spanId} label="span id" chars={16} />
        </span>
      </header>
      {span.statusMessage && <p className="px-4 pb-1 break-words text-danger">{span.statusMessage}</p>}
      <Tabs label="Span" items={items} value={tab} onChange={(id) => setTab(id as Tab)} />
    </Card>
  );
}

function Conversation({ span }: { span: Span }) {
  const input = readMessages(span.inputJson, 'user');
  const output = readMessages(span.outputJson, 'assistant');
  return (
    <div className="divide-y divide-line">
      {input ? <MessageList messages={input} /> : <RecordedText title="Input" text={span.inputJson} />}
      {output ? <MessageList messages={output} /> : <RecordedText title="Output" text={span.outputJson} />}
    </div>
  );
}

function Attributes({ entries }: { entries: [string, string][] }) {
  if (entries.length === 0) return <p className="p-4 text-muted">This span has no attributes.</p>;
  return (
    <dl className="divide-y divide-line">
      {entries.map(([name, value]) => (
        <div
          key={name}
          className="group grid grid-cols-1 gap-x-4 px-4 py-0.5 max-sm:py-1.5 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]"
        >
          <dt className="truncate font-mono text-xs leading-7 text-muted" title={name}>
            {name}
          </dt>
          <dd className="flex min-w-0 items-start justify-between gap-2 font-mono text-xs leading-7">
            <span className="min-w-0 break-words">{textOf(value)}</span>
            <span className="opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
              <CopyButton text={textOf(value)} label={name} />
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Attribute values are JSON text: a string is shown without its quotes. */
function textOf(json: string): string {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'string' ? value : json;
  } catch {
    return json;
  }
}

function Raw({ span }: { span: Span }) {
  const json = toJson(SpanSchema, span) as { [key: string]: Json };
  return (
    <div className="p-3">
      <div className="mb-1 flex justify-end">
        <CopyButton text={JSON.stringify(json, null, 2)} label="span as JSON">
          Copy JSON
        </CopyButton>
      </div>
      <JsonView value={json} />
    </div>
  );
}
