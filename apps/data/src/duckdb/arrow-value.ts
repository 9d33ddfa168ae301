import { DataType, type MapRow, type StructRow, TimeUnit, type Vector } from 'apache-arrow';
import { bytesText, integerJson } from './json-scalars.ts';

/** A value of Arrow as the JSON our rows hold: times in ISO 8601, bytes as text where they are text. */
export function arrowJson(value: unknown, type: DataType): unknown {
  if (value === null || value === undefined) return null;
  if (DataType.isDictionary(type)) return arrowJson(value, type.dictionary);
  if (DataType.isTimestamp(type)) return isoTime(value as number, type.timezone ? 'Z' : '');
  if (DataType.isDate(type)) return isoTime(value as number, '').slice(0, 10);
  if (DataType.isTime(type)) return clock(value as number | bigint, type.unit);
  if (DataType.isDecimal(type)) return decimal(String(value), type.scale);
  if (DataType.isList(type) || DataType.isFixedSizeList(type) || DataType.isLargeList(type)) {
    const [item] = type.children;
    return [...(value as Vector)].map((each) => arrowJson(each, item!.type));
  }
  if (DataType.isStruct(type)) {
    const row = value as StructRow & Record<string, unknown>;
    return Object.fromEntries(type.children.map((field) => [field.name, arrowJson(row[field.name], field.type)]));
  }
  if (DataType.isMap(type)) return map(value as MapRow, type.childType as DataType);
  return plain(value);
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return integerJson(value);
  // As in JSON: NaN and infinities are missing values.
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (value instanceof Uint8Array) return bytesText(value);
  if (ArrayBuffer.isView(value)) return Array.from(value as Int32Array);
  return typeof value === 'object' ? (JSON.parse(JSON.stringify(value)) as unknown) : value;
}

/** An object where the keys are text, else a list of pairs. */
function map(value: MapRow, entry: DataType): unknown {
  const [keyField, valueField] = entry.children;
  const entries = [...value].map(([key, inner]) => ({
    key: arrowJson(key, keyField!.type),
    value: arrowJson(inner, valueField!.type),
  }));
  return DataType.isUtf8(keyField!.type) || DataType.isLargeUtf8(keyField!.type)
    ? Object.fromEntries(entries.map((each) => [each.key, each.value]))
    : entries;
}

/** From milliseconds that may have a fraction; microseconds are kept, nanoseconds are more than a double holds. */
function isoTime(ms: number, zone: string): string {
  const whole = Math.floor(ms);
  const micros = Math.round((ms - whole) * 1_000);
  const text = new Date(whole).toISOString().slice(0, -1);
  const fraction = micros > 0 ? String(micros).padStart(3, '0') : '';
  return `${(text + fraction).replace(/\.000$/, '')}${zone}`;
}

const perSecond: Record<TimeUnit, bigint> = {
  [TimeUnit.SECOND]: 1n,
  [TimeUnit.MILLISECOND]: 1_000n,
  [TimeUnit.MICROSECOND]: 1_000_000n,
  [TimeUnit.NANOSECOND]: 1_000_000_000n,
};

function clock(value: number | bigint, unit: TimeUnit): string {
  const ticks = BigInt(value);
  const seconds = ticks / perSecond[unit];
  const rest = ticks % perSecond[unit];
  const two = (part: bigint) => String(part).padStart(2, '0');
  const text = `${two(seconds / 3_600n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}`;
  if (rest === 0n) return text;
  return `${text}.${String(rest)
    .padStart(String(perSecond[unit]).length - 1, '0')
    .replace(/0+$/, '')}`;
}

/** The unscaled digits with their point: a number where it has at most 15 digits, else text. */
function decimal(unscaled: string, scale: number): number | string {
  const negative = unscaled.startsWith('-');
  const digits = unscaled.replace('-', '').padStart(scale + 1, '0');
  const text = scale > 0 ? `${digits.slice(0, -scale)}.${digits.slice(-scale)}` : digits;
  const signed = negative ? `-${text}` : text;
  return digits.replace(/^0+/, '').length <= 15 ? Number(signed) : signed;
}
