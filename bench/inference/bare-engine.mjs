import { getLlama } from 'node-llama-cpp';
import { toChatMl } from './prompts.mjs';

/** node-llama-cpp in this process and nothing around it: all sequences in one batch, no text is made of the tokens. */
export async function loadBareEngine({ modelPath, sequences, contextTokens, batchTokens, threads }) {
  const llama = await getLlama({ gpu: false, build: 'never', maxThreads: threads, logLevel: 'error' });
  const model = await llama.loadModel({ modelPath });
  const context = await model.createContext({ contextSize: contextTokens, sequences, batchSize: batchTokens, threads });
  const idle = Array.from({ length: sequences }, () => context.getSequence());

  return {
    /** Writes at most `maxTokens` tokens; resolves with how many were read and written. */
    async answer(messages, maxTokens) {
      const sequence = idle.pop();
      try {
        await sequence.clearHistory();
        const prompt = model.tokenize(toChatMl(messages), true);
        let written = 0;
        for await (const _token of sequence.evaluate(prompt, { temperature: 0 })) {
          written += 1;
          if (written === maxTokens) break;
        }
        return { read: prompt.length, written };
      } finally {
        idle.push(sequence);
      }
    },
    close: () => llama.dispose(),
  };
}
