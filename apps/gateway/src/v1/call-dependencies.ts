import type { SearchService } from '@llmops/contracts/retrieval/v1/search';
import type { Logger } from '@llmops/platform';
import type { Client } from '@llmops/platform/grpc';
import type { ActiveCalls } from '../call/active-calls.ts';
import type { Recorder } from '../call/recorder.ts';
import type { Config } from '../config.ts';
import type { Directory } from '../directory/directory.ts';
import type { Upstream } from '../upstream/upstream.ts';

export interface CallDependencies {
  config: Config;
  log: Logger;
  directory: Directory;
  recorder: Recorder;
  active: ActiveCalls;
  retrieval: Client<typeof SearchService>;
  upstreams: Record<'local' | 'http', Upstream>;
}
