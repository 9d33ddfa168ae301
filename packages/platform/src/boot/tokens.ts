/** Injection tokens for what boot hands to a service's module; classes such as `Outbox` are injected by themselves. */
export const DATABASE = Symbol('DATABASE');
export const LOGGER = Symbol('LOGGER');
export const NATS = Symbol('NATS');
export const CONFIG = Symbol('CONFIG');
