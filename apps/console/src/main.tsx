import { ToastProvider, TooltipProvider } from '@llmops/ui';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './api/query-client.ts';
import { reloadOnUpgrade } from './reload-on-upgrade.ts';
import { createAppRouter } from './router.ts';
import './styles.css';

reloadOnUpgrade();

const queryClient = createQueryClient(() => {
  const { pathname, href } = router.state.location;
  if (pathname === '/login') return;
  queryClient.removeQueries({ queryKey: ['currentUser'] });
  void router.navigate({ to: '/login', search: { redirect: href } });
});
const router = createAppRouter(queryClient);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <TooltipProvider>
        <ToastProvider>
          <RouterProvider router={router} />
        </ToastProvider>
      </TooltipProvider>
    </QueryClientProvider>
  </StrictMode>,
);
