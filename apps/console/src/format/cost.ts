import { type Price, Price_State } from '@llmops/contracts/gateway/v1/call';

const nanoPerUsd = 1_000_000_000n;

/** Nano-dollars as dollars: cents from $1 on, four decimals down to a cent, below it three significant digits. */
export function formatCost(nanoUsd: bigint): string {
  if (nanoUsd < 0n) return `-${formatCost(-nanoUsd)}`;
  if (nanoUsd === 0n) return '$0';
  if (nanoUsd >= nanoPerUsd) return `$${group(roundTo(nanoUsd, 2))}`;
  if (nanoUsd >= nanoPerUsd / 100n) return `$${roundTo(nanoUsd, 4)}`;
  const digits = nanoUsd.toString().length;
  return `$${roundTo(nanoUsd, Math.min(9, 9 - digits + 3)).replace(/0+$/, '')}`;
}

/** A call's price in words: free and unknown are not $0. */
export function formatPrice(price: Price | undefined): string {
  switch (price?.state) {
    case Price_State.PRICED:
      return formatCost(price.costNanoUsd);
    case Price_State.FREE:
      return 'Free';
    case Price_State.UNPRICED:
      // Of several calls some had a price: what is known is a lower bound.
      return price.costNanoUsd > 0n ? `≥ ${formatCost(price.costNanoUsd)}` : 'No price';
    default:
      return '–';
  }
}

/** Dollars as a decimal with that many places, rounded half up, without leaving bigint. */
function roundTo(nanoUsd: bigint, places: number): string {
  const unit = 10n ** BigInt(9 - places);
  const scaled = (nanoUsd + unit / 2n) / unit;
  const text = scaled.toString().padStart(places + 1, '0');
  return places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
}

function group(decimal: string): string {
  return decimal.replace(/\B(?=(\d{3})+(?=\.))/g, ',');
}
