import type { ReplicaEvent } from './protocol.ts';

/** Sends what one turn of the event loop produced as one message: at many streams, that is one write instead of many. */
export class EventBatcher {
  private events: ReplicaEvent[] = [];

  constructor(private readonly send: (events: ReplicaEvent[]) => void) {}

  push(event: ReplicaEvent): void {
    if (this.events.push(event) === 1) setImmediate(this.flush);
  }

  private readonly flush = (): void => {
    const { events } = this;
    this.events = [];
    this.send(events);
  };
}
