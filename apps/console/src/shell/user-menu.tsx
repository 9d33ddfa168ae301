import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator, type ThemeChoice, useTheme, useToast } from '@llmops/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ChevronsUpDown, LogOut } from 'lucide-react';
import { useCurrentUser } from '../api/current-user.ts';
import { llmops } from '../api/llmops.ts';

const themes: { value: ThemeChoice; label: string }[] = [
  { value: 'system', label: 'Like the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

export function UserMenu() {
  const user = useCurrentUser();
  const theme = useTheme();
  const signOut = useSignOut();
  const name = user.displayName || user.email || user.id;
  const trigger = (
    <button
      type="button"
      aria-label={`Account of ${name}`}
      className="flex h-10 w-full items-center gap-2.5 rounded-md px-2 text-left hover:bg-hover data-[state=open]:bg-hover"
    >
      <span className="grid size-6 shrink-0 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent uppercase">
        {name.slice(0, 1)}
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate text-sm leading-4 font-medium">{name}</span>
        {user.email && user.email !== name && (
          <span className="block truncate text-2xs leading-4 text-faint">{user.email}</span>
        )}
      </span>
      <ChevronsUpDown className="size-3.5 text-faint" aria-hidden />
    </button>
  );
  return (
    <Menu trigger={trigger} side="top">
      <MenuLabel>Theme</MenuLabel>
      <MenuChoice value={theme.choice} onChange={(value) => theme.choose(value as ThemeChoice)} options={themes} />
      <MenuSeparator />
      <MenuItem icon={LogOut} onSelect={() => signOut.mutate()}>
        Sign out
      </MenuItem>
    </Menu>
  );
}

function useSignOut() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  return useMutation({
    mutationFn: () => llmops.sessions.deleteSession({}),
    onSuccess: async () => {
      await navigate({ to: '/login' });
      queryClient.clear();
    },
    onError: (error) => toast({ tone: 'danger', title: 'Could not sign out', detail: error.message }),
  });
}
