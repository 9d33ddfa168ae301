import { Input } from '@llmops/ui';
import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';

interface SearchInputProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** The words that filter a list; `/` leads here. */
export function SearchInput({ label, value, onChange }: SearchInputProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  // Asked for only when the typing rests, so that a word is one request and one step of history.
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), 300);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <span className="relative w-full sm:w-64">
      <Search
        className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-faint"
        aria-hidden
      />
      <Input
        data-search
        type="search"
        className="pl-8"
        placeholder={label}
        aria-label={label}
        aria-keyshortcuts="/"
        maxLength={500}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <kbd className="pointer-events-none absolute top-1/2 right-2 hidden -translate-y-1/2 rounded border border-line bg-sunken px-1 font-mono text-2xs text-faint sm:block">
        /
      </kbd>
    </span>
  );
}
