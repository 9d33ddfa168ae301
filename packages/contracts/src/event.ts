import { type DescMessage, getOption, hasOption } from '@bufbuild/protobuf';
import { event } from '../gen/llmops/options/v1/options_pb.js';

export interface EventDefinition {
  subject: string;
  stream: string;
}

// Reading an option decodes it each time, and every recorded call asks.
const known = new WeakMap<DescMessage, EventDefinition>();

/** Subject and stream of an event message, from its `(llmops.options.v1.event)` option. Throws for other messages. */
export function eventOf(message: DescMessage): EventDefinition {
  let definition = known.get(message);
  if (!definition) {
    if (!hasOption(message, event)) throw new Error(`${message.typeName} is not an event`);
    const { subject, stream } = getOption(message, event);
    definition = { subject, stream };
    known.set(message, definition);
  }
  return definition;
}
