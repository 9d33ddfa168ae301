import { type JetStreamClient, type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';

export interface Nats {
  connection: NatsConnection;
  jetstream: JetStreamClient;
  /** Made on first use: it asks the server for its account, which a restart may delay. */
  manager(): Promise<JetStreamManager>;
  /** Finishes what is in flight, then closes. */
  drain(): Promise<void>;
}

/** Connects and keeps trying, also when the server is not there yet; a lost connection is found again without limit. */
export async function connectNats(url: string, name: string): Promise<Nats> {
  const { username, password, host } = new URL(url);
  const connection = await connect({
    servers: host,
    user: decodeURIComponent(username),
    pass: decodeURIComponent(password),
    name,
    waitOnFirstConnect: true,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 200,
    reconnectJitter: 100,
    pingInterval: 5_000,
    maxPingOut: 2,
  });
  let manager: Promise<JetStreamManager> | undefined;
  return {
    connection,
    jetstream: jetstream(connection, { timeout: 5_000 }),
    manager: () => {
      manager ??= jetstreamManager(connection, { checkAPI: false });
      return manager;
    },
    drain: async () => {
      if (!connection.isClosed()) await connection.drain();
    },
  };
}
