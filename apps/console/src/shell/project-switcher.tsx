import { Role } from '@llmops/contracts/options/v1/options';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '@llmops/ui';
import { useNavigate } from '@tanstack/react-router';
import { ChevronsUpDown, Plus } from 'lucide-react';
import { useState } from 'react';
import { useCurrentUser } from '../api/current-user.ts';
import { CreateProjectDialog } from './create-project-dialog.tsx';
import { Logo } from './logo.tsx';

export function ProjectSwitcher({ project }: { project: string | undefined }) {
  const user = useCurrentUser();
  const navigate = useNavigate();
  const [creating, setCreating] = useState(false);
  const options = user.projectRoles.map((entry) => ({
    value: entry.project,
    label: entry.displayName || entry.project,
  }));
  const open = (id: string) => void navigate({ to: '/p/$project/overview', params: { project: id } });
  const trigger = (
    <button
      type="button"
      className="flex h-10 w-full items-center gap-2.5 rounded-md px-2 text-left hover:bg-hover data-[state=open]:bg-hover"
    >
      <Logo />
      <span className="min-w-0 flex-1">
        <span className="block truncate text-sm leading-4 font-semibold">
          {options.find((option) => option.value === project)?.label ?? 'llmops'}
        </span>
        <span className="block text-2xs leading-4 text-faint">Project</span>
      </span>
      <ChevronsUpDown className="size-3.5 text-faint" aria-hidden />
    </button>
  );
  return (
    <>
      <Menu trigger={trigger}>
        <MenuLabel>Projects</MenuLabel>
        <MenuChoice value={project ?? ''} onChange={open} options={options} />
        {user.organizationRole >= Role.ADMIN && (
          <>
            <MenuSeparator />
            <MenuItem icon={Plus} onSelect={() => setCreating(true)}>
              New project
            </MenuItem>
          </>
        )}
      </Menu>
      <CreateProjectDialog open={creating} onOpenChange={setCreating} onCreated={open} />
    </>
  );
}
