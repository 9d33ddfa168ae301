export { addressKind, isMetadataName } from './address-kind.ts';
