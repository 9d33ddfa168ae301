import type { Span } from '@llmops/contracts/observability/v1/trace';
import { formatPrice } from '../../format/cost.ts';
import { inputTokens, outputTokens, usageBuckets } from '../../format/usage.ts';

/** Tokens by bucket, whose sum is what the provider counted, and the price that was applied. */
export function SpanUsage({ span: { usage, price } }: { span: Span }) {
  return (
    <div className="flex flex-col gap-5 p-4 sm:max-w-md">
      {usage && (
        <table className="w-full">
          <caption className="sr-only">Tokens by bucket</caption>
          <tbody>
            {usageBuckets(usage).map((bucket) => (
              <Line key={bucket.name} name={bucket.name} value={bucket.tokens.toLocaleString('en-US')} />
            ))}
            <Line name="Total" value={(inputTokens(usage) + outputTokens(usage)).toLocaleString('en-US')} strong />
          </tbody>
        </table>
      )}
      {usage?.estimated && (
        <p className="text-xs text-muted">Counted by llmops: the upstream gave no figures, as when a stream is cut.</p>
      )}
      {price && (
        <table className="w-full">
          <caption className="sr-only">Cost</caption>
          <tbody>
            <Line name="Cost" value={formatPrice(price)} strong />
            {price.priceKey && <Line name="Price of" value={price.priceKey} />}
            {price.priceVersion && <Line name="Price version" value={price.priceVersion} />}
          </tbody>
        </table>
      )}
    </div>
  );
}

function Line({ name, value, strong }: { name: string; value: string; strong?: boolean }) {
  return (
    <tr className={strong ? 'font-semibold' : undefined}>
      <th scope="row" className="border-b border-line py-1.5 text-left font-[inherit] text-muted">
        {name}
      </th>
      <td className="border-b border-line py-1.5 pl-4 text-right break-all tabular-nums">{value}</td>
    </tr>
  );
}
