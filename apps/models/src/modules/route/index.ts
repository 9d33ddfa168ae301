export {
  everyProject,
  localReleaseId,
  localRoute,
  routeKey,
  routesBucket,
  upstreamAlias,
  upstreamRoute,
} from './route.ts';
