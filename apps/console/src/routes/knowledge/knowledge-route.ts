import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from '../project-route.ts';
import { parseKnowledgeBaseSearch } from './knowledge-base-search.ts';
import { parsePassage } from './passage.ts';

export const knowledgeBasesRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/knowledge',
  component: lazyRouteComponent(() => import('./knowledge-bases-page.tsx'), 'KnowledgeBasesPage'),
});

export const knowledgeBaseRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/knowledge/$knowledgeBase',
  validateSearch: parseKnowledgeBaseSearch,
  component: lazyRouteComponent(() => import('./knowledge-base-page.tsx'), 'KnowledgeBasePage'),
});

export const documentRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/knowledge/$knowledgeBase/documents/$document',
  validateSearch: parsePassage,
  component: lazyRouteComponent(() => import('./document-page.tsx'), 'DocumentPage'),
});
