import { type DescMessage, type MessageShape, toJson } from '@bufbuild/protobuf';

/** A message as REST has it, so that scripts see one form everywhere. */
export const jsonOf = <D extends DescMessage>(desc: D, message: MessageShape<D>): unknown =>
  toJson(desc, message, { alwaysEmitImplicit: true });

export function printJson(value: unknown): void {
  console.log(JSON.stringify(value, null, 2));
}

export const bytes = (count: bigint | number): string => {
  const value = Number(count);
  if (value < 1_000) return `${value} B`;
  if (value < 1_000_000) return `${(value / 1_000).toFixed(1)} kB`;
  return `${(value / 1_000_000).toFixed(1)} MB`;
};
