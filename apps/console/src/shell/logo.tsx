export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" className={className ?? 'size-5'} aria-hidden="true">
      <rect width="24" height="24" rx="6" fill="var(--accent)" />
      <g stroke="var(--surface)" fill="var(--surface)">
        <path d="M17.2 9.2A6 6 0 1 0 18 12" fill="none" strokeWidth="2.2" strokeLinecap="round" />
        <circle cx="18" cy="6.6" r="1.7" stroke="none" />
        <circle cx="12" cy="12" r="1.9" stroke="none" />
      </g>
    </svg>
  );
}
