/** A struct of Thrift's compact protocol, by field number: numbers, texts, booleans, lists and structs. */
export type ThriftStruct = Map<number, ThriftValue>;
export type ThriftValue = number | bigint | boolean | Buffer | ThriftValue[] | ThriftStruct;

/** The bytes are no such struct, or end before it does. */
export class ThriftError extends Error {}

const maxDepth = 32;

/** Reads structs off bytes that anybody may have written: nothing is allocated that the bytes do not pay for. */
export class ThriftReader {
  at = 0;

  constructor(private readonly bytes: Buffer) {}

  struct(depth = 0): ThriftStruct {
    if (depth > maxDepth) throw new ThriftError('too deep');
    const fields: ThriftStruct = new Map();
    let id = 0;
    for (;;) {
      const head = this.#byte();
      const type = head & 0x0f;
      if (type === 0) return fields;
      const delta = head >> 4;
      id = delta === 0 ? Number(this.#zigzag()) : id + delta;
      fields.set(id, this.#value(type, depth, true));
    }
  }

  #value(type: number, depth: number, isField: boolean): ThriftValue {
    switch (type) {
      case 1:
      case 2:
        // A field's type is its value; in a list each has a byte.
        return isField ? type === 1 : this.#byte() === 1;
      case 3:
        return this.#byte();
      case 4:
      case 5:
        return Number(this.#zigzag());
      case 6:
        return this.#zigzag();
      case 7:
        return this.#take(8).readDoubleLE(0);
      case 8:
        return this.#take(Number(this.#varint()));
      case 9:
      case 10:
        return this.#list(depth);
      case 12:
        return this.struct(depth + 1);
      default:
        throw new ThriftError(`type ${type}`);
    }
  }

  #list(depth: number): ThriftValue[] {
    const head = this.#byte();
    const short = head >> 4;
    const size = short === 15 ? Number(this.#varint()) : short;
    // Each element takes a byte at least.
    if (size > this.bytes.length - this.at) throw new ThriftError('list is longer than its bytes');
    const items: ThriftValue[] = [];
    for (let i = 0; i < size; i += 1) items.push(this.#value(head & 0x0f, depth + 1, false));
    return items;
  }

  #zigzag(): bigint {
    const value = this.#varint();
    return (value >> 1n) ^ -(value & 1n);
  }

  #varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw new ThriftError('number does not end');
  }

  #byte(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined) throw new ThriftError('ends early');
    this.at += 1;
    return byte;
  }

  #take(length: number): Buffer {
    if (length > this.bytes.length - this.at) throw new ThriftError('ends early');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
}
