import type { ReadinessCheck } from '../health/index.ts';
import type { Nats } from '../nats/index.ts';

/** Ready while the connection is open or being made again; one that was closed stays closed. */
export const natsCheck =
  (nats: Nats): ReadinessCheck =>
  () =>
    nats.connection.isClosed() ? 'connection closed' : undefined;
