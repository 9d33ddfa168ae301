import { Tabs as Radix } from 'radix-ui';
import { type ReactNode, useEffect, useRef } from 'react';
import { cx } from './cx.ts';

export interface TabItem {
  id: string;
  label: ReactNode;
  content: ReactNode;
}

interface TabsProps {
  items: TabItem[];
  value: string;
  onChange: (id: string) => void;
  label: string;
  className?: string;
}

export function Tabs({ items, value, onChange, label, className }: TabsProps) {
  const list = useRef<HTMLDivElement>(null);
  // The open tab is in sight, however narrow the screen.
  useEffect(() => {
    const active = list.current?.querySelector<HTMLElement>(`[data-tab="${value}"]`);
    if (!list.current || !active) return;
    const { scrollLeft, clientWidth, offsetLeft } = list.current;
    const start = active.offsetLeft - offsetLeft;
    if (start < scrollLeft || start + active.offsetWidth > scrollLeft + clientWidth)
      list.current.scrollLeft = start - 8;
  }, [value]);
  return (
    <Radix.Root value={value} onValueChange={onChange} className={cx('flex min-w-0 flex-col', className)}>
      <Radix.List
        ref={list}
        aria-label={label}
        className="scroll-thin flex shrink-0 gap-1 overflow-x-auto border-b border-line px-2"
      >
        {items.map((item) => (
          <Radix.Trigger
            key={item.id}
            value={item.id}
            data-tab={item.id}
            className="-mb-px flex h-10 items-center gap-1.5 border-b-2 border-transparent px-2.5 font-medium whitespace-nowrap text-muted hover:text-ink focus-visible:-outline-offset-4 data-[state=active]:border-accent data-[state=active]:text-ink"
          >
            {item.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {items.map((item) => (
        <Radix.Content key={item.id} value={item.id} className="min-w-0 focus-visible:-outline-offset-2">
          {item.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
