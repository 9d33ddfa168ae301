const day = 86_400_000;

/** `14:03:09` today, `Nov 23, 14:03` in this year, `Nov 23, 2025, 14:03` before. In the reader's time zone. */
export function formatTime(date: Date, now = new Date()): string {
  const clock = date.toLocaleTimeString('en-US', {
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  if (date.toDateString() === now.toDateString()) return clock;
  const year = date.getFullYear() === now.getFullYear() ? undefined : 'numeric';
  return `${date.toLocaleDateString('en-US', { month: 'short', day: 'numeric', year })}, ${clock.slice(0, 5)}`;
}

/** `now`, `42 s ago`, `5 min ago`, `3 h ago`, `2 d ago`; `in 3 d` for what is to come. */
export function formatAgo(date: Date, now = new Date()): string {
  const ms = now.getTime() - date.getTime();
  const size = Math.abs(ms);
  if (size < 5_000) return 'now';
  const text = spanText(size);
  return ms > 0 ? `${text} ago` : `in ${text}`;
}

function spanText(ms: number): string {
  if (ms < 60_000) return `${Math.floor(ms / 1000)} s`;
  if (ms < 3_600_000) return `${Math.floor(ms / 60_000)} min`;
  if (ms < day) return `${Math.floor(ms / 3_600_000)} h`;
  return `${Math.floor(ms / day)} d`;
}
