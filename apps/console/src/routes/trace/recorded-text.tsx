import { CodeBlock, type Json, JsonView } from '@llmops/ui';

/** What was recorded where it is no conversation: a value, the beginning of one that was too long, or plain text. */
export function RecordedText({ title, text }: { title: string; text: string }) {
  if (text === '') return null;
  const value = parse(text);
  const cut = beginningOf(value);
  return (
    <div className="flex flex-col gap-2 p-4">
      <h3 className="text-xs font-semibold text-muted">
        {title}
        {cut && (
          <span className="ml-2 font-normal text-faint">
            the first {cut.beginning.length.toLocaleString('en-US')} of {cut.characters.toLocaleString('en-US')}{' '}
            characters
          </span>
        )}
      </h3>
      {value !== undefined && !cut && typeof value === 'object' ? (
        <JsonView value={value} />
      ) : (
        <CodeBlock code={cut?.beginning ?? text} label={title.toLowerCase()} wrap />
      )}
    </div>
  );
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** The gateway records `{truncated, characters, beginning}` in place of what is longer than it keeps. */
function beginningOf(value: Json | undefined): { beginning: string; characters: number } | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { truncated, beginning, characters } = value;
  if (truncated !== true || typeof beginning !== 'string' || typeof characters !== 'number') return undefined;
  return { beginning, characters };
}
