import { Button, Textarea } from '@llmops/ui';
import { ArrowUp, Square } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useState } from 'react';

interface ComposerProps {
  disabled: boolean;
  isStreaming: boolean;
  onSend: (text: string) => void;
  onStop: () => void;
}

/** Enter sends, Shift+Enter breaks the line, Escape stops an answer. */
export function Composer({ disabled, isStreaming, onSend, onStop }: ComposerProps) {
  const [text, setText] = useState('');
  const ready = !disabled && !isStreaming && text.trim() !== '';
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (!ready) return;
    onSend(text.trim());
    setText('');
  };
  const onKey = (event: KeyboardEvent) => {
    // While an input method composes, Enter picks a word.
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      submit();
    }
    if (event.key === 'Escape' && isStreaming) onStop();
  };
  return (
    <form onSubmit={submit} className="shrink-0 border-t border-line bg-surface p-3 lg:px-6">
      <div className="relative mx-auto max-w-3xl">
        <Textarea
          data-search
          aria-label="Message"
          placeholder="Write a message"
          rows={Math.min(8, Math.max(2, text.split('\n').length))}
          className="max-h-60 resize-none pr-12 text-base"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKey}
          autoFocus
        />
        <span className="absolute right-2 bottom-3">
          {isStreaming ? (
            <Button icon aria-label="Stop the answer" onClick={onStop}>
              <Square className="size-3 fill-current" />
            </Button>
          ) : (
            <Button icon variant="primary" type="submit" aria-label="Send" disabled={!ready}>
              <ArrowUp className="size-4" />
            </Button>
          )}
        </span>
      </div>
    </form>
  );
}
