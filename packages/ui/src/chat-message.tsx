import { Bot, Cog, User, Wrench } from 'lucide-react';
import type { ComponentType, ReactNode } from 'react';
import { cx } from './cx.ts';

export type ChatRole = 'system' | 'user' | 'assistant' | 'tool';

const looks: Record<ChatRole, { label: string; icon: ComponentType<{ className?: string }> }> = {
  system: { label: 'System', icon: Cog },
  user: { label: 'User', icon: User },
  assistant: { label: 'Assistant', icon: Bot },
  tool: { label: 'Tool', icon: Wrench },
};

interface ChatMessageProps {
  role: ChatRole;
  /** Beside the role: a tool's name. */
  name?: string | undefined;
  children: ReactNode;
  /** Right of the role: copy buttons. */
  actions?: ReactNode;
  /** Below the text: tokens, time, links. */
  footer?: ReactNode;
}

/** One message of a conversation. */
export function ChatMessage({ role, name, children, actions, footer }: ChatMessageProps) {
  const { label, icon: Icon } = looks[role];
  return (
    <article className="group flex min-w-0 gap-3 px-4 py-3" aria-label={`${label} message`}>
      <span
        className={cx(
          'grid size-6 shrink-0 place-items-center rounded-md border border-line',
          role === 'assistant' ? 'bg-accent-soft text-accent' : 'bg-sunken text-muted',
        )}
        aria-hidden
      >
        <Icon className="size-3.5" />
      </span>
      <div className="min-w-0 flex-1">
        <header className="flex h-6 items-center justify-between gap-2">
          <span className="truncate text-xs font-semibold text-muted">
            {label}
            {name && <span className="ml-1.5 font-mono font-normal">{name}</span>}
          </span>
          <span className="opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100">
            {actions}
          </span>
        </header>
        <div className="min-w-0 text-base break-words">{children}</div>
        {footer && <footer className="mt-2 text-xs text-faint tabular-nums">{footer}</footer>}
      </div>
    </article>
  );
}

/** A call of a tool, with its arguments as text. */
export function ToolCallBlock({ name, args }: { name: string; args: string }) {
  return (
    <div className="my-1 overflow-hidden rounded-md border border-line bg-sunken font-mono text-xs">
      <div className="flex items-center gap-1.5 border-b border-line px-2.5 py-1.5 text-muted">
        <Wrench className="size-3.5" aria-hidden />
        {name}
      </div>
      <pre className="scroll-thin overflow-x-auto px-2.5 py-2 whitespace-pre-wrap break-words">{args}</pre>
    </div>
  );
}
