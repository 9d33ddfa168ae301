import type { AnnotationItem } from '@llmops/contracts/data/v1/annotation';
import { type Json, JsonView } from '@llmops/ui';
import { contentOf } from '../datasets/row-cells.ts';

interface ItemContentProps {
  item: Pick<AnnotationItem, 'contentJson'>;
  /** Fields that are shown elsewhere. */
  without?: readonly string[];
}

/** An item's fields under each other, texts in full. */
export function ItemContent({ item, without = [] }: ItemContentProps) {
  const fields = Object.entries(contentOf(item.contentJson)).filter(([name]) => !without.includes(name));
  if (fields.length === 0) return null;
  return (
    <dl className="flex min-w-0 flex-col gap-3">
      {fields.map(([name, value]) => (
        <div key={name} className="min-w-0">
          <dt className="text-xs font-medium text-muted">{name}</dt>
          <dd className="mt-0.5 min-w-0 text-base break-words whitespace-pre-wrap">
            <FieldValue value={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function FieldValue({ value }: { value: Json }) {
  if (typeof value === 'object' && value !== null) return <JsonView value={value} open={4} />;
  if (value === null || value === '') return <span className="text-faint">empty</span>;
  return String(value);
}
