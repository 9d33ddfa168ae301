import { type DescEnum, type DescField, type DescMessage, ScalarType } from '@bufbuild/protobuf';

/** `governance.v1.ApiKey` */
export const schemaName = (desc: DescMessage | DescEnum): string => desc.typeName.replace(/^llmops\./, '');

const wellKnown: Record<string, object> = {
  'google.protobuf.Timestamp': { type: 'string', format: 'date-time' },
  'google.protobuf.Duration': { type: 'string' },
  'google.protobuf.Struct': { type: 'object' },
  'google.protobuf.Value': {},
  // Files are bodies of their own, never JSON.
  'google.api.HttpBody': { type: 'string', format: 'binary' },
};

/** JSON Schemas (proto JSON form) of messages and of all they hold, by {@link schemaName}. */
export function schemasOf(messages: DescMessage[]): Record<string, object> {
  const schemas: Record<string, object> = {};
  const visit = (desc: DescMessage | DescEnum | undefined): void => {
    if (!desc || desc.typeName in wellKnown || schemaName(desc) in schemas) return;
    if (desc.kind === 'enum') {
      schemas[schemaName(desc)] = { type: 'string', enum: desc.values.map((value) => value.name) };
      return;
    }
    const properties = Object.fromEntries(desc.fields.map((field) => [field.jsonName, fieldSchema(field)]));
    schemas[schemaName(desc)] = { type: 'object', properties };
    for (const field of desc.fields) visit(field.message ?? field.enum);
  };
  for (const message of messages) visit(message);
  return schemas;
}

export function fieldSchema(field: DescField): object {
  const one = valueSchema(field);
  if (field.fieldKind === 'list') return { type: 'array', items: one };
  if (field.fieldKind === 'map') return { type: 'object', additionalProperties: one };
  return one;
}

function valueSchema(field: DescField): object {
  const desc = field.message ?? field.enum;
  if (desc) return wellKnown[desc.typeName] ?? { $ref: `#/components/schemas/${schemaName(desc)}` };
  return scalars[field.scalar!] ?? { type: 'integer', format: 'int32' };
}

// 64-bit integers are strings in proto JSON: a JSON number would lose digits.
const int64 = { type: 'string', format: 'int64' };

const scalars: Partial<Record<ScalarType, object>> = {
  [ScalarType.STRING]: { type: 'string' },
  [ScalarType.BOOL]: { type: 'boolean' },
  [ScalarType.DOUBLE]: { type: 'number' },
  [ScalarType.FLOAT]: { type: 'number' },
  [ScalarType.BYTES]: { type: 'string', format: 'byte' },
  [ScalarType.INT64]: int64,
  [ScalarType.UINT64]: int64,
  [ScalarType.SINT64]: int64,
  [ScalarType.FIXED64]: int64,
  [ScalarType.SFIXED64]: int64,
};
