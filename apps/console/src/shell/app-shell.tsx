import { Button, Drawer } from '@llmops/ui';
import { Outlet, useLocation, useParams } from '@tanstack/react-router';
import { Menu } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Logo } from './logo.tsx';
import { Sidebar } from './sidebar.tsx';
import { useSearchHotkey } from './use-search-hotkey.ts';

/** Navigation at the side, in a drawer below 1024 px; the page scrolls beside it. */
export function AppShell() {
  useSearchHotkey();
  const { project } = useParams({ strict: false });
  const pathname = useLocation({ select: (location) => location.pathname });
  const [drawerOpen, setDrawerOpen] = useState(false);
  // Going somewhere closes the drawer.
  useEffect(() => setDrawerOpen(false), [pathname]);
  return (
    <div className="flex h-dvh flex-col lg:flex-row">
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-ink px-3 py-2 text-canvas focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <aside className="hidden w-56 shrink-0 border-r border-line bg-surface lg:block">
        <Sidebar project={project} />
      </aside>
      <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line bg-surface px-2 lg:hidden">
        <Button variant="ghost" icon aria-label="Open navigation" onClick={() => setDrawerOpen(true)}>
          <Menu className="size-4" />
        </Button>
        <Logo />
        <span className="font-semibold">llmops</span>
      </header>
      <Drawer open={drawerOpen} onOpenChange={setDrawerOpen} label="Navigation">
        <Sidebar project={project} />
      </Drawer>
      <main id="main" tabIndex={-1} className="scroll-thin min-h-0 min-w-0 flex-1 overflow-y-auto outline-none">
        <Outlet />
      </main>
    </div>
  );
}
