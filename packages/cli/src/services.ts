/** What a service is given beyond its ports, NATS, the public key and its peers' addresses. */
export interface ServiceSpec {
  name: string;
  /** Below the repository's root; the bundle is `dist/main.mjs` in it. */
  folder: string;
  /** Has a schema: gets DATABASE_URL, and its `migrate` job DATABASE_OWNER_URL. */
  database?: boolean;
  /** Has programs of its own to fetch: a command `prepare`, quick when they are there. */
  prepare?: string;
  /** Serves gRPC on a port of its own. The gateway serves the public address instead. */
  grpc?: boolean;
  masterKey?: boolean;
  /** Reads or writes large files: gets OBJECTS_DIR. */
  objects?: boolean;
  /** Signs the internal token. */
  privateKey?: boolean;
  /** Calls other services for work that no caller waits for: has a signing key of its own. */
  serviceToken?: boolean;
  /** Serves the console's files. */
  console?: boolean;
}

/** Every service of the platform, in the order they are listed to people. */
export const SERVICES: readonly ServiceSpec[] = [
  { name: 'gateway', folder: 'apps/gateway', masterKey: true, privateKey: true, console: true },
  { name: 'governance', folder: 'apps/governance', grpc: true, database: true, masterKey: true },
  { name: 'data', folder: 'apps/data', grpc: true, database: true, objects: true, serviceToken: true },
  { name: 'models', folder: 'apps/models', grpc: true, database: true, masterKey: true, objects: true },
  {
    name: 'retrieval',
    folder: 'apps/retrieval',
    grpc: true,
    database: true,
    objects: true,
    serviceToken: true,
    prepare: 'Parser',
  },
  { name: 'inference', folder: 'apps/inference', grpc: true, objects: true },
  { name: 'observability', folder: 'apps/observability', grpc: true, database: true },
  { name: 'cost', folder: 'apps/cost', grpc: true, database: true },
];

export const GATEWAY = 'gateway';
