export {
  catalogueKey,
  decodeCatalogue,
  type ListedPrice,
  priceCandidates,
  pricesBucket,
  toListedPrice,
} from './price-list.ts';
export { type PricedUsage, type PriceNumbers, priceUsage, type UsageNumbers } from './price-usage.ts';
