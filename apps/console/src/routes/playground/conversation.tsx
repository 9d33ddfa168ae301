import { ChatMessage, CopyButton, EmptyState, ToolCallBlock } from '@llmops/ui';
import { Link } from '@tanstack/react-router';
import { Box, MessageSquareText } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { MessageText } from '../../shell/message-text.tsx';
import type { Turn } from './chat-reducer.ts';
import { citedText } from './cited-text.ts';
import { TurnFooter } from './turn-footer.tsx';
import { TurnSources } from './turn-sources.tsx';

interface ConversationProps {
  project: string;
  turns: readonly Turn[];
  hasModels: boolean;
}

export function Conversation({ project, turns, hasModels }: ConversationProps) {
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const onScroll = () => {
    const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = box.current ?? {};
    follows.current = scrollHeight - scrollTop - clientHeight < 60;
  };
  // Follow the answer down unless the reader scrolled up to read.
  useEffect(() => {
    if (follows.current) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [turns]);
  return (
    <div ref={box} onScroll={onScroll} className="scroll-thin min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto max-w-3xl py-2" aria-live="polite" aria-busy={turns.at(-1)?.state === 'streaming'}>
        {turns.length === 0 && <Nothing hasModels={hasModels} project={project} />}
        {turns.map((turn) => (
          <ChatMessage
            key={turn.id}
            role={turn.role}
            actions={turn.text && <CopyButton text={turn.text} label="message" />}
            footer={turn.role === 'assistant' && <TurnFooter turn={turn} project={project} />}
          >
            <TurnBody turn={turn} project={project} />
          </ChatMessage>
        ))}
      </div>
    </div>
  );
}

function TurnBody({ turn, project }: { turn: Turn; project: string }) {
  return (
    <>
      {turn.text && <MessageText role={turn.role} text={citedText(turn, project)} />}
      {turn.toolCalls.map((call) => (
        <ToolCallBlock key={call.id || call.index} name={call.name} args={call.args} />
      ))}
      {turn.state === 'streaming' && (
        <span
          className="inline-block h-4 w-1.5 animate-pulse rounded-[1px] bg-accent align-text-bottom"
          role="status"
          aria-label="Answering"
        />
      )}
      {turn.grounding && turn.state !== 'streaming' && <TurnSources turn={turn} project={project} />}
      {turn.state === 'failed' && (
        <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-sm text-danger">
          {turn.error}
        </p>
      )}
    </>
  );
}

function Nothing({ hasModels, project }: { hasModels: boolean; project: string }) {
  if (hasModels) {
    return (
      <EmptyState icon={MessageSquareText} title="Talk to a model">
        <p>Choose one in the settings, write below. Every answer leaves a trace with its tokens, time and cost.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={Box} title="No model can be called yet">
      <p>
        Fetch one from the{' '}
        <Link to="/p/$project/models" params={{ project }} className="text-accent hover:underline">
          catalogue
        </Link>
        , or add a provider there.
      </p>
    </EmptyState>
  );
}
