import type { QueryClient } from '@tanstack/react-query';
import { createRouter } from '@tanstack/react-router';
import { annotationRoute, labelRoute, queueRoute } from './routes/annotation/annotation-route.ts';
import { appRoute } from './routes/app-route.ts';
import { datasetRoute, datasetsRoute, versionRoute } from './routes/datasets/datasets-route.ts';
import { indexRoute } from './routes/index-route.ts';
import { keysRoute } from './routes/keys/keys-route.ts';
import { documentRoute, knowledgeBaseRoute, knowledgeBasesRoute } from './routes/knowledge/knowledge-route.ts';
import { loginRoute } from './routes/login/login-route.ts';
import { modelRoute, modelsRoute } from './routes/models/models-route.ts';
import { overviewRoute } from './routes/overview/overview-route.ts';
import { playgroundRoute } from './routes/playground/playground-route.ts';
import { projectRoute } from './routes/project-route.ts';
import { rootRoute } from './routes/root-route.ts';
import { secretsRoute } from './routes/secrets/secrets-route.ts';
import { sessionRoute, sessionsRoute } from './routes/sessions/sessions-route.ts';
import { sourceRoute, sourcesRoute } from './routes/sources/sources-route.ts';
import { traceRoute } from './routes/trace/trace-route.ts';
import { traceLinkRoute } from './routes/trace-link-route.ts';
import { tracesRoute } from './routes/traces/traces-route.ts';
import { suiteRoute } from './routes/validation/validation-route.ts';

const routeTree = rootRoute.addChildren([
  loginRoute,
  appRoute.addChildren([
    indexRoute,
    traceLinkRoute,
    projectRoute.addChildren([
      overviewRoute,
      tracesRoute,
      traceRoute,
      sessionsRoute,
      sessionRoute,
      modelsRoute,
      modelRoute,
      playgroundRoute,
      knowledgeBasesRoute,
      knowledgeBaseRoute,
      documentRoute,
      sourcesRoute,
      sourceRoute,
      datasetsRoute,
      datasetRoute,
      versionRoute,
      suiteRoute,
      annotationRoute,
      queueRoute,
      labelRoute,
      keysRoute,
      secretsRoute,
    ]),
  ]),
]);

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({ routeTree, context: { queryClient }, defaultPreload: 'intent', scrollRestoration: false });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
