import { GraphBuilder, type OnnxGraph } from '../onnx/graph-builder.ts';
import { ElementType, floats, integers } from '../onnx/tensor.ts';
import { BLOCK, type Dense, type EncoderWeights, type Matrix, type Norm, type PackedTable } from './encoder-weights.ts';
import { quantiseRows, stack } from './quantise.ts';

/**
 * A BERT encoder as a graph of onnxruntime: tokens and mask to `last_hidden_state`. Weights are 8-bit integers with a scale
 * an output, activations become 8-bit where they are multiplied. Attention is one operator, so it needs no large tensors.
 * Yields between layers: each takes a while.
 */
export function* encoderGraph(weights: EncoderWeights): Generator<void, OnnxGraph> {
  const graph = new GraphBuilder();
  const { hidden, layers, heads, epsilon } = weights;
  const normalised = (name: string, input: string, norm: Norm, output?: string) => {
    const factors = [floats(`${name}.weight`, norm.weight), floats(`${name}.bias`, norm.bias)];
    const inputs = [input, ...factors.map((tensor) => graph.constant(tensor))];
    return graph.node('LayerNormalization', inputs, { axis: -1, epsilon: { float: epsilon } }, output);
  };
  const mask = graph.node('Cast', ['attention_mask'], { to: ElementType.int32 });
  const embedded = graph.node('Add', [words(graph, weights.words), positions(graph, weights.positions)]);
  let x = normalised('embedding.norm', embedded, weights.embeddingNorm);
  for (let index = 0; index < layers; index++) {
    yield;
    const name = (part: string) => `${index}.${part}`;
    const layer = weights.layer(index);
    const qkv = multiply(graph, name('qkv'), x, stack([layer.query, layer.key, layer.value]));
    const [attended] = graph.runtimeNode('MultiHeadAttention', [...graph.split(qkv, 3, -1), '', mask], {
      num_heads: heads,
    });
    const mixed = multiply(graph, name('attended'), attended!, layer.attended);
    x = normalised(name('attended.norm'), graph.node('Add', [mixed, x]), layer.attendedNorm);
    const wide = graph.node('Gelu', [multiply(graph, name('wide'), x, layer.wide)]);
    const narrow = multiply(graph, name('narrow'), wide, layer.narrow);
    const output = index === layers - 1 ? 'last_hidden_state' : undefined;
    x = normalised(name('norm'), graph.node('Add', [narrow, x]), layer.norm, output);
  }
  const shape = ['batch', 'sequence'];
  return {
    nodes: graph.nodes,
    tensors: graph.tensors,
    inputs: ['input_ids', 'attention_mask'].map((name) => ({ name, type: ElementType.int64, shape })),
    outputs: [{ name: 'last_hidden_state', type: ElementType.float, shape: [...shape, hidden] }],
  };
}

/** As many positions as there are tokens. */
function positions(graph: GraphBuilder, { rows, columns, values }: Matrix): string {
  const all = graph.constant(floats('positions', values, [rows, columns]));
  const [zero, one] = [graph.constant(integers('zero', 0)), graph.constant(integers('one', 1))];
  const length = graph.node('Gather', [graph.node('Shape', ['input_ids']), one]);
  return graph.node('Slice', [all, zero, length, zero]);
}

function words(graph: GraphBuilder, table: PackedTable | Matrix): string {
  const { rows, columns } = table;
  if ('nibbles' in table) {
    // From 0 to 15 around 8, to two's complement around 0.
    const bytes = table.nibbles.map((byte) => byte ^ 0x88);
    const packed = graph.constant({ name: 'words', type: ElementType.int4, shape: [rows, columns], bytes });
    const scales = graph.constant(floats('words.scale', table.scales, [rows, columns / BLOCK]));
    const attributes = { block_size: BLOCK, gather_axis: 0, quantize_axis: 1 };
    return graph.runtimeNode('GatherBlockQuantized', [packed, 'input_ids', scales], attributes)[0]!;
  }
  const { bytes, scales } = quantiseRows(table);
  const small = graph.constant({ name: 'words', type: ElementType.int8, shape: [rows, columns], bytes });
  const scale = graph.constant(floats('words.scale', scales, [rows, 1]));
  const numbers = graph.node('Cast', [graph.node('Gather', [small, 'input_ids'])], { to: ElementType.float });
  return graph.node('Mul', [numbers, graph.node('Gather', [scale, 'input_ids'])]);
}

function multiply(graph: GraphBuilder, name: string, input: string, { weight, bias }: Dense): string {
  const { rows, columns } = weight;
  const { bytes, scales } = quantiseRows(weight);
  const inputs = [
    input,
    graph.constant({
      name: `${name}.weight`,
      type: ElementType.int8,
      shape: [columns, rows],
      bytes: transpose(bytes, rows),
    }),
    graph.constant(floats(`${name}.scale`, scales)),
    '',
    graph.constant(floats(`${name}.bias`, bias)),
  ];
  return graph.runtimeNode('DynamicQuantizeMatMul', inputs, {})[0]!;
}

function transpose(bytes: Uint8Array, rows: number): Uint8Array {
  const columns = bytes.length / rows;
  const turned = new Uint8Array(bytes.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) turned[column * rows + row] = bytes[row * columns + column]!;
  }
  return turned;
}
