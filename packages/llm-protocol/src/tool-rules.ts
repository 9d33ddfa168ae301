import { type Fields, isObject, refuse, refuseUse, refuseValue } from './request-field.ts';

/** `tools`, `tool_choice` and `response_format`. Tool types we do not know pass: upstreams have their own. */
export function checkTools(fields: Fields): void {
  const tools = fields['tools'];
  if (tools !== undefined && tools !== null) {
    if (!Array.isArray(tools)) refuse('tools', 'an array of tools', tools);
    for (let i = 0; i < tools.length; i++) checkTool(tools[i], i);
  }
  checkToolChoice(fields['tool_choice'], Array.isArray(tools) ? tools : []);
  checkResponseFormat(fields['response_format']);
}

function checkTool(tool: unknown, i: number): void {
  if (!isObject(tool)) refuse(`tools[${i}]`, 'an object with "type" and "function"', tool);
  if (typeof tool['type'] !== 'string') refuse(`tools[${i}].type`, '"function"', tool['type']);
  if (tool['type'] !== 'function') return;
  const definition = tool['function'];
  if (!isObject(definition)) refuse(`tools[${i}].function`, 'an object with "name"', definition);
  const { name, parameters } = definition;
  if (typeof name !== 'string') refuse(`tools[${i}].function.name`, 'a string', name);
  if (name === '') refuseValue(`tools[${i}].function.name`, 'a name', name);
  if (parameters !== undefined && parameters !== null && !isObject(parameters)) {
    refuse(`tools[${i}].function.parameters`, 'a JSON Schema object', parameters);
  }
}

function checkToolChoice(choice: unknown, tools: readonly unknown[]): void {
  if (choice === undefined || choice === null || choice === 'none' || choice === 'auto') return;
  if (typeof choice === 'string') {
    if (choice !== 'required') refuseValue('tool_choice', 'none, auto, required or an object naming a tool', choice);
    if (tools.length === 0) refuseUse('tool_choice', 'only allowed beside "tools" that are not empty');
    return;
  }
  if (!isObject(choice)) refuse('tool_choice', 'none, auto, required or an object naming a tool', choice);
  if (typeof choice['type'] !== 'string') refuse('tool_choice.type', '"function"', choice['type']);
  if (choice['type'] !== 'function') return;
  const named = choice['function'];
  if (!isObject(named)) refuse('tool_choice.function', 'an object with "name"', named);
  const { name } = named;
  if (typeof name !== 'string') refuse('tool_choice.function.name', 'the name of one of "tools"', name);
  const known = tools.some((tool) => (tool as { function?: { name?: unknown } }).function?.name === name);
  if (!known) refuseValue('tool_choice.function.name', 'the name of one of "tools"', name);
}

function checkResponseFormat(format: unknown): void {
  if (format === undefined || format === null) return;
  if (!isObject(format)) refuse('response_format', 'an object with "type"', format);
  const { type } = format;
  if (type === 'text' || type === 'json_object') return;
  if (typeof type !== 'string') refuse('response_format.type', 'one of text, json_object, json_schema', type);
  if (type !== 'json_schema') refuseValue('response_format.type', 'one of text, json_object, json_schema', type);
  const schema = format['json_schema'];
  if (!isObject(schema)) refuse('response_format.json_schema', 'an object with "name" and "schema"', schema);
  if (typeof schema['name'] !== 'string') refuse('response_format.json_schema.name', 'a string', schema['name']);
  if (!isObject(schema['schema']) && schema['schema'] !== undefined) {
    refuse('response_format.json_schema.schema', 'a JSON Schema object', schema['schema']);
  }
}
