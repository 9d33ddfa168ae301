import { tiny } from './packed-e5.ts';

const PARTS = {
  'emb.word': ['embeddings.word_embeddings.weight', tiny.hidden],
  'emb.pos': ['embeddings.position_embeddings.weight', tiny.hidden],
  'emb.type': ['embeddings.token_type_embeddings.weight', tiny.hidden],
  'emb.ln': ['embeddings.LayerNorm'],
  q: ['attention.self.query', tiny.hidden],
  k: ['attention.self.key', tiny.hidden],
  v: ['attention.self.value', tiny.hidden],
  ao: ['attention.output.dense', tiny.hidden],
  aln: ['attention.output.LayerNorm'],
  fi: ['intermediate.dense', tiny.hidden],
  fo: ['output.dense', tiny.wide],
  oln: ['output.LayerNorm'],
} as const satisfies Record<string, readonly [string, number?]>;

/** The same tensors as transformers writes them: `model.safetensors` of a BertModel. */
export function safetensors(tensors: ReadonlyMap<string, Float32Array>): Buffer {
  const head: Record<string, unknown> = { __metadata__: { format: 'pt' } };
  const data: Buffer[] = [];
  let at = 0;
  for (const [name, values] of tensors) {
    const [, layer, part, end] = /^(?:l(\d+)\.)?(\w+|emb\.\w+?)(?:\.([wb]))?$/.exec(name)!;
    const [theirs, columns] = PARTS[part as keyof typeof PARTS] as readonly [string, number?];
    const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
    const prefix = layer === undefined ? '' : `encoder.layer.${layer}.`;
    const suffix = end === undefined ? '' : end === 'w' ? '.weight' : '.bias';
    head[`${prefix}${theirs}${suffix}`] = {
      dtype: 'F32',
      shape: columns === undefined || end === 'b' ? [values.length] : [values.length / columns, columns],
      data_offsets: [at, at + bytes.length],
    };
    data.push(bytes);
    at += bytes.length;
  }
  const json = Buffer.from(JSON.stringify(head));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([size, json, ...data]);
}
