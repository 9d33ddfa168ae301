import { formatAgo, formatTime } from './format-time.ts';

/** A moment, short; the full date is in the title and for machines. */
export function Timestamp({ date, ago }: { date: Date; ago?: boolean }) {
  return (
    <time dateTime={date.toISOString()} title={date.toLocaleString()} className="whitespace-nowrap tabular-nums">
      {ago ? formatAgo(date) : formatTime(date)}
    </time>
  );
}
