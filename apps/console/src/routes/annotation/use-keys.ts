import { useEffect, useRef } from 'react';

/**
 * Calls back for keys that are pressed while nobody writes. A true answer means that the key was taken. Enter on a
 * button or a link is left to it.
 */
export function useKeys(onKey: (key: string) => boolean) {
  const latest = useRef(onKey);
  latest.current = onKey;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.repeat) return;
      const within = event.target instanceof Element ? event.target : undefined;
      if (
        within?.closest(
          'input:not([type=checkbox]):not([type=radio]), textarea, select, [role=menu], [contenteditable]',
        )
      )
        return;
      if (event.key === 'Enter' && within?.closest('button, a')) return;
      if (latest.current(event.key)) event.preventDefault();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
