import type { CatalogueEntry } from './catalogue.ts';
import { allMinilmL6V2 } from './entries/all-minilm-l6-v2.ts';
import { multilingualE5Small } from './entries/multilingual-e5-small.ts';
import { qwen25CoderInstruct05b } from './entries/qwen2.5-coder-0.5b-instruct.ts';
import { smollm2Instruct135m } from './entries/smollm2-135m-instruct.ts';

/** The models that come with the platform. */
export const shippedCatalogue: readonly CatalogueEntry[] = [
  smollm2Instruct135m,
  allMinilmL6V2,
  multilingualE5Small,
  qwen25CoderInstruct05b,
];
