/** Injection token of a service's object store. */
export const OBJECTS = Symbol('OBJECTS');
