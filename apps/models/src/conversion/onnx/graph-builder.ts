import type { ElementType, OnnxTensor } from './tensor.ts';

/** An integer or a real number; ONNX keeps the two apart, so a real one is marked. */
export type Attribute = number | { readonly float: number };

export interface OnnxNode {
  readonly op: string;
  /** Empty for ONNX's own operators. */
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

export interface OnnxValue {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly (string | number)[];
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly tensors: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

/** Operators of onnxruntime beyond the standard. */
export const RUNTIME_DOMAIN = 'com.microsoft';

/** Collects nodes and constants. What a node gives is named after its place, so the same calls give the same graph. */
export class GraphBuilder {
  readonly nodes: OnnxNode[] = [];
  readonly tensors: OnnxTensor[] = [];

  constant(tensor: OnnxTensor): string {
    this.tensors.push(tensor);
    return tensor.name;
  }

  /** Adds a node with one output, and returns its name. */
  node(
    op: string,
    inputs: readonly string[],
    attributes: OnnxNode['attributes'] = {},
    output = this.nextName(),
  ): string {
    this.nodes.push({ op, domain: '', inputs, outputs: [output], attributes });
    return output;
  }

  /** The same for an operator of onnxruntime's own. */
  runtimeNode(op: string, inputs: readonly string[], attributes: OnnxNode['attributes'], outputs = 1): string[] {
    const names = Array.from({ length: outputs }, (_, i) => (i === 0 ? this.nextName() : `${this.nextName()}_${i}`));
    this.nodes.push({ op, domain: RUNTIME_DOMAIN, inputs, outputs: names, attributes });
    return names;
  }

  split(input: string, parts: number, axis: number): string[] {
    const outputs = Array.from({ length: parts }, (_, i) => `${this.nextName()}_${i}`);
    this.nodes.push({ op: 'Split', domain: '', inputs: [input], outputs, attributes: { axis, num_outputs: parts } });
    return outputs;
  }

  private nextName(): string {
    return `v${this.nodes.length}`;
  }
}
