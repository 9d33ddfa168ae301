export { FileObjects } from './file-objects.ts';
export type { ObjectKey, ObjectStore, PutStreamOptions, StoredObject } from './object-store.ts';
export { OBJECTS } from './objects-token.ts';
export { type ObjectsConfig, objectsConfig, openObjects } from './open-objects.ts';
