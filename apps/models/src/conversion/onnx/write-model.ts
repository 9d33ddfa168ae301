import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { type Attribute, type OnnxGraph, type OnnxNode, type OnnxValue, RUNTIME_DOMAIN } from './graph-builder.ts';
import type { OnnxTensor } from './tensor.ts';

// Field numbers are those of onnx.proto3, https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3
const IR_VERSION = 10;
const OPSET = 21;
const ATTRIBUTE_FLOAT = 1;
const ATTRIBUTE_INT = 2;

/** An ONNX model file in pieces: the constants, which are most of it, are not copied. */
export function* writeModel(graph: OnnxGraph): Generator<Uint8Array> {
  yield message((model) => {
    model.uint32(tag(1)).uint32(IR_VERSION);
    model.uint32(bytesTag(2)).string('llmops');
    for (const [domain, version] of [
      ['', OPSET],
      [RUNTIME_DOMAIN, 1],
    ] as const) {
      sub(model, 8, (opset) => opset.uint32(bytesTag(1)).string(domain).uint32(tag(2)).uint32(version));
    }
  });
  const head = message((out) => {
    for (const node of graph.nodes) sub(out, 1, (part) => writeNode(part, node));
    out.uint32(bytesTag(2)).string('encoder');
    for (const input of graph.inputs) sub(out, 11, (part) => writeValue(part, input));
    for (const output of graph.outputs) sub(out, 12, (part) => writeValue(part, output));
  });
  const tensors = graph.tensors.map((tensor) => ({ before: tensorHead(tensor), bytes: tensor.bytes }));
  const frames = tensors.map(({ before, bytes }) => lengthPrefix(5, before.length + bytes.length));
  const size = tensors.reduce((sum, { before, bytes }, i) => sum + frames[i]!.length + before.length + bytes.length, 0);
  yield lengthPrefix(7, head.length + size);
  yield head;
  for (const [i, { before, bytes }] of tensors.entries()) {
    yield frames[i]!;
    yield before;
    yield bytes;
  }
}

function writeNode(out: BinaryWriter, node: OnnxNode): void {
  for (const input of node.inputs) out.uint32(bytesTag(1)).string(input);
  for (const output of node.outputs) out.uint32(bytesTag(2)).string(output);
  out.uint32(bytesTag(4)).string(node.op);
  for (const [name, value] of Object.entries(node.attributes)) sub(out, 5, (part) => writeAttribute(part, name, value));
  if (node.domain !== '') out.uint32(bytesTag(7)).string(node.domain);
}

function writeAttribute(out: BinaryWriter, name: string, value: Attribute): void {
  out.uint32(bytesTag(1)).string(name);
  if (typeof value === 'number') out.uint32(tag(3)).int64(value).uint32(tag(20)).uint32(ATTRIBUTE_INT);
  else
    out
      .uint32((2 << 3) | WireType.Bit32)
      .float(value.float)
      .uint32(tag(20))
      .uint32(ATTRIBUTE_FLOAT);
}

function writeValue(out: BinaryWriter, { name, type, shape }: OnnxValue): void {
  out.uint32(bytesTag(1)).string(name);
  sub(out, 2, (typed) =>
    sub(typed, 1, (tensor) => {
      tensor.uint32(tag(1)).uint32(type);
      sub(tensor, 2, (dims) => {
        for (const dim of shape) {
          sub(dims, 1, (part) =>
            typeof dim === 'number' ? part.uint32(tag(1)).int64(dim) : part.uint32(bytesTag(2)).string(dim),
          );
        }
      });
    }),
  );
}

/** A TensorProto up to where its bytes begin. */
function tensorHead({ name, type, shape, bytes }: OnnxTensor): Uint8Array {
  return message((out) => {
    for (const dim of shape) out.uint32(tag(1)).int64(dim);
    out.uint32(tag(2)).uint32(type);
    out.uint32(bytesTag(8)).string(name);
    out.uint32(bytesTag(9)).uint32(bytes.length);
  });
}

const tag = (field: number) => (field << 3) | WireType.Varint;
const bytesTag = (field: number) => (field << 3) | WireType.LengthDelimited;

const message = (write: (out: BinaryWriter) => unknown): Uint8Array => {
  const out = new BinaryWriter();
  write(out);
  return out.finish();
};

const lengthPrefix = (field: number, length: number) => message((out) => out.uint32(bytesTag(field)).uint32(length));

function sub(out: BinaryWriter, field: number, write: (part: BinaryWriter) => unknown): void {
  out.uint32(bytesTag(field)).fork();
  write(out);
  out.join();
}
