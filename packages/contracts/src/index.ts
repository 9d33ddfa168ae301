export { accessOf, type MethodAccess } from './access.ts';
export { type EventDefinition, eventOf } from './event.ts';
export { type HttpRoute, routeOf } from './http-route.ts';
export { services } from './services.ts';
