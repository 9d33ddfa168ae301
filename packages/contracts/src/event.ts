import { type DescMessage, getOption, hasOption } from '@bufbuild/protobuf';
import { event } from '../gen/llmops/options/v1/options_pb.js';

export interface EventDefinition {
  subject: string;
  stream: string;
}

/** Subject and stream of an event message, from its `(llmops.options.v1.event)` option. Throws for other messages. */
export function eventOf(message: DescMessage): EventDefinition {
  if (!hasOption(message, event)) throw new Error(`${message.typeName} is not an event`);
  const { subject, stream } = getOption(message, event);
  return { subject, stream };
}
