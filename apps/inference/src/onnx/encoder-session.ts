import * as ort from 'onnxruntime-node';
import type { FrameParts } from '../tokens/frame.ts';

export interface SessionOptions {
  readonly modelPath: string;
  readonly threads: number;
  readonly padId: number;
}

/** A transformer encoder in onnxruntime: rows of tokens to its output tensors. */
export class EncoderSession {
  private constructor(
    private readonly session: ort.InferenceSession,
    private readonly padId: number,
  ) {}

  static async load({ modelPath, threads, padId }: SessionOptions): Promise<EncoderSession> {
    const session = await ort.InferenceSession.create(modelPath, {
      executionProviders: ['cpu'],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      // Threads that wait by spinning take the cores of everything else on the machine.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    });
    return new EncoderSession(session, padId);
  }

  /** Rows are padded to the longest. Blocks the event loop while it computes. */
  async run(rows: readonly FrameParts[]): Promise<Encoded> {
    const lengths = rows.map(({ ids }) => ids.length);
    const width = Math.max(1, ...lengths);
    const ids = new BigInt64Array(rows.length * width).fill(BigInt(this.padId));
    const mask = new BigInt64Array(ids.length);
    const types = new BigInt64Array(ids.length);
    for (const [r, row] of rows.entries()) {
      const start = r * width;
      for (const [i, id] of row.ids.entries()) ids[start + i] = BigInt(id);
      for (const [i, type] of row.types.entries()) types[start + i] = BigInt(type);
      mask.fill(1n, start, start + row.ids.length);
    }
    const inputs: Record<string, BigInt64Array> = { input_ids: ids, attention_mask: mask, token_type_ids: types };
    const shape = [rows.length, width];
    const feeds = this.session.inputNames.map((name) => {
      if (!inputs[name]) throw new Error(`The model wants an input "${name}" that this service does not know.`);
      return [name, new ort.Tensor('int64', inputs[name], shape)] as const;
    });
    return { outputs: await this.session.run(Object.fromEntries(feeds)), lengths, width };
  }
}

export interface Encoded {
  readonly outputs: ort.InferenceSession.OnnxValueMapType;
  readonly lengths: readonly number[];
  readonly width: number;
}
