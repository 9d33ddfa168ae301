export {
  everyProject,
  localReleaseId,
  localRoute,
  routeKey,
  routesBucket,
  type UpstreamModel,
  upstreamAlias,
  upstreamRoute,
} from './route.ts';
