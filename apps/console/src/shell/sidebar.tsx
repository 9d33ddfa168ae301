import { cx } from '@llmops/ui';
import { Link } from '@tanstack/react-router';
import {
  BookOpenText,
  Box,
  FolderSync,
  Gauge,
  KeyRound,
  ListTree,
  Lock,
  type LucideIcon,
  MessagesSquare,
  SquareTerminal,
  Table2,
  Tags,
} from 'lucide-react';
import { ProjectSwitcher } from './project-switcher.tsx';
import { UserMenu } from './user-menu.tsx';

const items: { to: string; label: string; icon: LucideIcon; group: string }[] = [
  { to: '/p/$project/overview', label: 'Overview', icon: Gauge, group: 'Observe' },
  { to: '/p/$project/traces', label: 'Traces', icon: ListTree, group: 'Observe' },
  { to: '/p/$project/sessions', label: 'Sessions', icon: MessagesSquare, group: 'Observe' },
  { to: '/p/$project/playground', label: 'Playground', icon: SquareTerminal, group: 'Build' },
  { to: '/p/$project/knowledge', label: 'Knowledge', icon: BookOpenText, group: 'Build' },
  { to: '/p/$project/models', label: 'Models', icon: Box, group: 'Build' },
  { to: '/p/$project/sources', label: 'Sources', icon: FolderSync, group: 'Data' },
  { to: '/p/$project/datasets', label: 'Datasets', icon: Table2, group: 'Data' },
  { to: '/p/$project/annotation', label: 'Annotation', icon: Tags, group: 'Data' },
  { to: '/p/$project/keys', label: 'API keys', icon: KeyRound, group: 'Settings' },
  { to: '/p/$project/secrets', label: 'Secrets', icon: Lock, group: 'Settings' },
];
const groups = [...new Set(items.map((item) => item.group))];

export function Sidebar({ project }: { project: string | undefined }) {
  return (
    <div className="flex h-full flex-col">
      <div className="p-2">
        <ProjectSwitcher project={project} />
      </div>
      <nav aria-label="Main" className="scroll-thin flex-1 overflow-y-auto px-2 py-1">
        {project !== undefined &&
          groups.map((group) => (
            <div key={group} className="mb-4">
              <p className="px-2 pb-1 text-2xs font-medium text-faint">{group}</p>
              {items
                .filter((item) => item.group === group)
                .map((item) => (
                  <NavLink key={item.to} {...item} project={project} />
                ))}
            </div>
          ))}
      </nav>
      <div className="border-t border-line p-2">
        <UserMenu />
      </div>
    </div>
  );
}

interface NavLinkProps {
  to: string;
  label: string;
  icon: LucideIcon;
  project: string;
}

function NavLink({ to, label, icon: Icon, project }: NavLinkProps) {
  const look = 'flex h-8 items-center gap-2.5 rounded-md px-2 text-sm font-medium';
  return (
    <Link
      to={to}
      params={{ project }}
      activeProps={{ className: cx(look, 'bg-hover text-ink [&>svg]:text-accent'), 'aria-current': 'page' }}
      inactiveProps={{ className: cx(look, 'text-muted hover:bg-hover/60 hover:text-ink') }}
      activeOptions={{ includeSearch: false }}
    >
      <Icon className="size-4" aria-hidden />
      {label}
    </Link>
  );
}
