import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { cx } from './cx.ts';

const base =
  'inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-medium transition-colors select-none disabled:cursor-not-allowed disabled:opacity-50';

const variants = {
  primary: 'bg-ink text-canvas hover:bg-ink/85',
  secondary: 'border border-line bg-surface text-ink hover:bg-hover hover:border-line-strong',
  ghost: 'text-muted hover:bg-hover hover:text-ink',
  danger: 'border border-danger/40 bg-danger-soft text-danger hover:border-danger',
} as const;

const sizes = { sm: 'h-7 px-2 text-xs', md: 'h-8 px-3 text-sm', lg: 'h-10 px-4 text-base' } as const;
const squares = { sm: 'size-7', md: 'size-8', lg: 'size-10' } as const;

export interface ButtonStyle {
  variant?: keyof typeof variants;
  size?: keyof typeof sizes;
  /** Square, for a lone icon; give it an aria-label. */
  icon?: boolean;
}

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement>, ButtonStyle {
  /** Shows a spinner and refuses clicks. */
  busy?: boolean;
  children?: ReactNode;
}

/** Classes of a button, for links that look like one. */
export function buttonClass({ variant = 'secondary', size = 'md', icon = false }: ButtonStyle = {}): string {
  return cx(base, variants[variant], icon ? cx(squares[size], 'text-sm') : sizes[size]);
}

export function Button({ variant, size, icon, busy, className, disabled, children, type, ...rest }: ButtonProps) {
  return (
    <button
      type={type ?? 'button'}
      className={cx(buttonClass({ variant, size, icon }), className)}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {busy && <Spinner />}
      {children}
    </button>
  );
}

function Spinner() {
  return (
    <span className="size-3 animate-spin rounded-full border-[1.5px] border-current border-r-transparent" aria-hidden />
  );
}
