import { CopyButton } from './copy-button.tsx';
import { cx } from './cx.ts';

interface CodeBlockProps {
  code: string;
  /** What it is, for the copy button: "curl example". */
  label: string;
  wrap?: boolean;
  className?: string;
}

export function CodeBlock({ code, label, wrap, className }: CodeBlockProps) {
  return (
    <div className={cx('group relative w-full min-w-0 rounded-md border border-line bg-sunken text-left', className)}>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard
        tabIndex={0}
        className={cx(
          'scroll-thin max-h-[60vh] overflow-auto p-3 pr-11 font-mono text-xs leading-5',
          wrap && 'whitespace-pre-wrap break-words',
        )}
      >
        {code}
      </pre>
      <div className="absolute top-1.5 right-1.5 rounded-md bg-sunken">
        <CopyButton text={code} label={label} />
      </div>
    </div>
  );
}
