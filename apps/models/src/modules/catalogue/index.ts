export {
  CATALOGUE,
  type CatalogueEntry,
  type CatalogueFile,
  type CatalogueSource,
  digestOf,
  type Part,
  totalBytes,
} from './catalogue.ts';
export { shippedCatalogue } from './shipped.ts';
