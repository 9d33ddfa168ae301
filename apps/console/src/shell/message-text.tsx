import type { ChatRole } from '@llmops/ui';
import { lazy, Suspense } from 'react';

const Markdown = lazy(() => import('@llmops/ui/markdown'));

/** A message's text: Markdown where a model wrote it, as typed where a person or a tool did. */
export function MessageText({ role, text }: { role: ChatRole; text: string }) {
  const plain = <p className="whitespace-pre-wrap">{text}</p>;
  if (role !== 'assistant') return plain;
  return (
    <Suspense fallback={plain}>
      <Markdown text={text} />
    </Suspense>
  );
}
