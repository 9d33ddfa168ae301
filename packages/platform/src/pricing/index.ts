export {
  decodePrice,
  type ListedPrice,
  priceCandidates,
  priceKey,
  pricesBucket,
  priceVersionKey,
  toListedPrice,
} from './price-list.ts';
export { type PricedUsage, type PriceNumbers, priceUsage, type UsageNumbers } from './price-usage.ts';
