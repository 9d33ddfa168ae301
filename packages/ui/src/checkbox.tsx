import { type InputHTMLAttributes, type ReactNode, useId } from 'react';
import { cx } from './cx.ts';

interface CheckboxProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> {
  children: ReactNode;
  /** A smaller line below. */
  hint?: ReactNode;
}

/** The platform's own box with its label, which takes the click too. */
export function Checkbox({ children, hint, className, ...rest }: CheckboxProps) {
  const id = useId();
  return (
    <div className={cx('min-w-0 has-disabled:opacity-60', className)}>
      <label className="flex min-w-0 cursor-pointer items-start gap-2">
        <input
          type="checkbox"
          className="mt-[3px] size-3.5 shrink-0 accent-accent"
          aria-describedby={hint ? id : undefined}
          {...rest}
        />
        <span className="min-w-0 truncate">{children}</span>
      </label>
      {hint && (
        <span id={id} className="block pl-[22px] text-xs break-words text-faint">
          {hint}
        </span>
      )}
    </div>
  );
}
