export { KnowledgeBaseModule } from './knowledge-base.module.ts';
