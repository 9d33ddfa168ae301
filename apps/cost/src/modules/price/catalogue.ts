import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ListedPrice } from '@llmops/platform/pricing';

// The bundle is one level deep, this file three: the folder sits beside dist/ and src/.
const here = import.meta.url.includes('/dist/') ? '../catalogue' : '../../../catalogue';
const path = fileURLToPath(new URL(`${here}/prices.json`, import.meta.url));

interface Catalogue {
  version: string;
  /** By model: provider, then the prices in the order of `columns`. */
  prices: Record<string, [string, number, number, number, number, number, number, number]>;
}

/** The shipped prices by key: as listed, and as `provider/model` where the list has only the model. In order of keys. */
export function loadCatalogue(): Map<string, ListedPrice> {
  const { version, prices } = JSON.parse(readFileSync(path, 'utf8')) as Catalogue;
  const found = new Map<string, ListedPrice>();
  const aliases = new Map<string, ListedPrice>();
  for (const [
    key,
    [provider, input, cachedInput, cacheWrite, output, reasoning, inputAudio, outputAudio],
  ] of Object.entries(prices)) {
    const price: ListedPrice = {
      key,
      version,
      inputPicoUsd: input,
      cachedInputPicoUsd: cachedInput,
      cacheWritePicoUsd: cacheWrite,
      outputPicoUsd: output,
      reasoningPicoUsd: reasoning,
      inputAudioPicoUsd: inputAudio,
      outputAudioPicoUsd: outputAudio,
    };
    found.set(key, price);
    const alias = `${platformOf(provider)}/${key}`;
    if (provider !== '' && !key.startsWith(`${platformOf(provider)}/`)) aliases.set(alias, { ...price, key: alias });
  }
  for (const [key, price] of aliases) if (!found.has(key)) found.set(key, price);
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** LiteLLM splits some platforms by the family of model or the API; people name the platform. */
const platformOf = (provider: string): string =>
  provider
    .replace(/^vertex_ai-.*/, 'vertex_ai')
    .replace(/^bedrock_(converse|mantle)$/, 'bedrock')
    .replace('text-completion-', '')
    .replace(/_(chat|text)$/, '');
