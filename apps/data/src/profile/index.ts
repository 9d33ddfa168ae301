export type { TableProfile } from './profile.ts';
