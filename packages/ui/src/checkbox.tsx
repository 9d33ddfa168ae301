import type { InputHTMLAttributes, ReactNode } from 'react';
import { cx } from './cx.ts';

interface CheckboxProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> {
  children: ReactNode;
  /** A smaller line below. */
  hint?: ReactNode;
}

/** The platform's own box with its label; the whole line takes the click. */
export function Checkbox({ children, hint, className, ...rest }: CheckboxProps) {
  return (
    <label className={cx('flex min-w-0 cursor-pointer items-start gap-2 has-disabled:opacity-60', className)}>
      <input type="checkbox" className="mt-[3px] size-3.5 shrink-0 accent-accent" {...rest} />
      <span className="min-w-0">
        <span className="block truncate">{children}</span>
        {hint && <span className="block truncate text-xs text-faint">{hint}</span>}
      </span>
    </label>
  );
}
