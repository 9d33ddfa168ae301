export { type SupportFacts, support } from './support.ts';
