import {
  DuckDBBlobValue,
  DuckDBDecimalValue,
  type DuckDBMapType,
  DuckDBMapValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
  type DuckDBValueConverter,
  type Json,
  JsonDuckDBValueConverter,
} from '@duckdb/node-api';

import { bytesText, integerJson } from './json-scalars.ts';

type Converter = DuckDBValueConverter<Json>;

const integer = (value: DuckDBValue): Json => integerJson(value as bigint);

// JSON knows no NaN and no infinity: they are missing values, as in pandas.
const float = (value: DuckDBValue): Json => (Number.isFinite(value) ? (value as number) : null);

function decimal(value: DuckDBValue): Json {
  const text = String(value);
  return value instanceof DuckDBDecimalValue && text.replace(/\D/g, '').length > 15 ? text : Number(text);
}

const blob = (value: DuckDBValue): Json => bytesText((value as DuckDBBlobValue).bytes);

/** `2009-03-01 00:01:00` as ISO 8601. */
const timestamp = (value: DuckDBValue): Json => String(value).replace(' ', 'T');
const timestampTz = (value: DuckDBValue): Json => timestamp(value)?.toString().replace(/\+00$/, 'Z') ?? null;

function text(value: DuckDBValue, type: DuckDBType): Json {
  const string = String(value);
  return type.alias === 'JSON' ? (JSON.parse(string) as Json) : string;
}

/** An object where the keys are text, else a list of pairs. */
function map(value: DuckDBValue, type: DuckDBType, converter: Converter): Json {
  const { keyType, valueType } = type as DuckDBMapType;
  const entries = (value as DuckDBMapValue).entries.map((entry) => ({
    key: converter(entry.key, keyType, converter),
    value: converter(entry.value, valueType, converter),
  }));
  return keyType.typeId === DuckDBTypeId.VARCHAR
    ? Object.fromEntries(entries.map((entry) => [entry.key, entry.value]))
    : entries;
}

const own: Partial<Record<DuckDBTypeId, Converter>> = {
  [DuckDBTypeId.BIGINT]: integer,
  [DuckDBTypeId.UBIGINT]: integer,
  [DuckDBTypeId.HUGEINT]: integer,
  [DuckDBTypeId.UHUGEINT]: integer,
  [DuckDBTypeId.FLOAT]: float,
  [DuckDBTypeId.DOUBLE]: float,
  [DuckDBTypeId.DECIMAL]: decimal,
  [DuckDBTypeId.BLOB]: blob,
  [DuckDBTypeId.VARCHAR]: text,
  [DuckDBTypeId.MAP]: map,
  [DuckDBTypeId.TIMESTAMP]: timestamp,
  [DuckDBTypeId.TIMESTAMP_S]: timestamp,
  [DuckDBTypeId.TIMESTAMP_MS]: timestamp,
  [DuckDBTypeId.TIMESTAMP_NS]: timestamp,
  [DuckDBTypeId.TIMESTAMP_TZ]: timestampTz,
};

/** A value of DuckDB as the JSON our rows hold; nested values go through it too. */
export const jsonValue: Converter = (value, type, converter) => {
  if (value === null || value === undefined) return null;
  return (own[type.typeId] ?? JsonDuckDBValueConverter)(value, type, converter);
};
