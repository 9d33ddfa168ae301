import type { DescField } from '@bufbuild/protobuf';
import { accessOf } from '@llmops/contracts';
import { HttpBodySchema } from '@llmops/contracts/http-body';
import { Role } from '@llmops/contracts/options/v1/options';
import { fieldSchema, schemaName, schemasOf } from './openapi-schemas.ts';
import { type RestMethod, type RouteTable, takesFile } from './route-table.ts';

/** The OpenAPI 3.1 document of everything under `/api/v1`, from the same descriptions that serve it. */
export function openApiDocument(table: RouteTable): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const entry of table.methods) {
    const path = entry.route.path.replace(/\{(\w+)\}/g, (_, name: string) => `{${jsonName(entry, name)}}`);
    paths[path] ??= {};
    paths[path][entry.route.verb] = operation(entry);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'llmops', version: '1', description: 'The REST API of the platform. `/v1` speaks OpenAI’s API.' },
    security: [{ apiKey: [] }],
    paths,
    components: {
      securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } },
      schemas: { ...schemasOf(table.methods.flatMap(({ method }) => [method.input, method.output])), Problem: problem },
    },
  };
}

function operation(entry: RestMethod): object {
  const { method, app } = entry;
  const access = accessOf(method);
  const answer = { $ref: `#/components/schemas/${schemaName(method.output)}` };
  const isFile = method.output.typeName === HttpBodySchema.typeName;
  const isStream = method.methodKind === 'server_streaming';
  return {
    operationId: `${method.parent.name}_${method.name}`,
    tags: [app],
    summary: method.name.replace(/([a-z])([A-Z])/g, '$1 $2'),
    ...(access.public ? { security: [] } : { description: `Needs the role ${Role[access.role].toLowerCase()}.` }),
    parameters: parameters(entry),
    ...(entry.route.body === '*' ? { requestBody: requestBody(entry) } : {}),
    ...(takesFile(entry) ? { requestBody: { required: true, content: { '*/*': { schema: file } } } } : {}),
    responses: {
      200: {
        description: 'OK',
        content: isFile
          ? { '*/*': { schema: file } }
          : { [isStream ? 'text/event-stream' : 'application/json']: { schema: answer } },
      },
      default: {
        description: 'What went wrong',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function parameters(entry: RestMethod): object[] {
  const inPath = pathFields(entry);
  const inQuery =
    entry.route.body === '*'
      ? []
      : entry.method.input.fields.filter((field) => !inPath.includes(field) && field.name !== entry.route.body);
  return [
    ...inPath.map((field) => ({ name: field.jsonName, in: 'path', required: true, schema: fieldSchema(field) })),
    ...inQuery.map((field) => ({ name: field.jsonName, in: 'query', schema: fieldSchema(field) })),
  ];
}

/** The request without what the path already says. */
function requestBody(entry: RestMethod): object {
  const inPath = pathFields(entry);
  const fields = entry.method.input.fields.filter((field) => !inPath.includes(field));
  const properties = Object.fromEntries(fields.map((field) => [field.jsonName, fieldSchema(field)]));
  return { required: true, content: { 'application/json': { schema: { type: 'object', properties } } } };
}

function pathFields({ method, route }: RestMethod): DescField[] {
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
  return method.input.fields.filter((field) => names.includes(field.name));
}

const jsonName = ({ method }: RestMethod, name: string): string =>
  method.input.fields.find((field) => field.name === name)?.jsonName ?? name;

const file = { type: 'string', format: 'binary' };

const problem = {
  type: 'object',
  description: 'RFC 9457',
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string' },
    requestId: { type: 'string' },
    fields: {
      type: 'array',
      items: { type: 'object', properties: { field: { type: 'string' }, message: { type: 'string' } } },
    },
  },
};
