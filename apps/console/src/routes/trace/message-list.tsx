import { ChatMessage, CopyButton, ToolCallBlock } from '@llmops/ui';
import { MessageText } from '../../shell/message-text.tsx';
import type { ReadMessage } from './read-messages.ts';

export function MessageList({ messages }: { messages: ReadMessage[] }) {
  return (
    <div className="divide-y divide-line">
      {messages.map((message, index) => (
        <ChatMessage
          key={index}
          role={message.role}
          name={message.name}
          actions={message.text && <CopyButton text={message.text} label="message" />}
        >
          {message.text && <MessageText role={message.role} text={message.text} />}
          {message.toolCalls.map((call) => (
            <ToolCallBlock key={call.id || call.name} name={call.name} args={call.args} />
          ))}
          {!message.text && message.toolCalls.length === 0 && <span className="text-faint">Empty</span>}
        </ChatMessage>
      ))}
    </div>
  );
}
