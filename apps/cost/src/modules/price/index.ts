export { PriceModule } from './price.module.ts';
export { PriceList } from './price-list.ts';
export { PublishPrices } from './publish-prices.ts';
