import { useSyncExternalStore } from 'react';

export type ThemeChoice = 'system' | 'light' | 'dark';

const key = 'llmops.theme';
const listeners = new Set<() => void>();
const system = () => matchMedia('(prefers-color-scheme: dark)');

function readChoice(): ThemeChoice {
  const stored = localStorage.getItem(key);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

function resolve(choice: ThemeChoice): 'light' | 'dark' {
  if (choice !== 'system') return choice;
  return system().matches ? 'dark' : 'light';
}

function apply() {
  document.documentElement.dataset['theme'] = resolve(readChoice());
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  system().addEventListener('change', apply);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) system().removeEventListener('change', apply);
  };
}

function choose(choice: ThemeChoice) {
  localStorage.setItem(key, choice);
  apply();
}

/** The user's choice, what it comes to now, and the setter, which remembers it. */
export function useTheme() {
  const choice = useSyncExternalStore(subscribe, readChoice);
  const resolved = useSyncExternalStore(subscribe, () => resolve(readChoice()));
  return { choice, resolved, choose };
}
