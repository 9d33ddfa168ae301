/** A key that does the same. */
export const Key = ({ children }: { children: string }) => (
  <kbd className="rounded border border-current/25 px-1 font-mono text-2xs opacity-70" aria-hidden>
    {children}
  </kbd>
);
