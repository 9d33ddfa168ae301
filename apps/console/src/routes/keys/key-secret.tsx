import { CodeBlock, CopyButton } from '@llmops/ui';

/** The secret, which is shown this once, and a call that uses it. */
export function KeySecret({ secret }: { secret: string }) {
  const example = [`curl ${location.origin}/v1/models \\`, `  -H "Authorization: Bearer ${secret}"`].join('\n');
  return (
    <div className="flex flex-col gap-4">
      <p className="rounded-md bg-warning-soft px-3 py-2 text-warning">
        Copy the key now. Only its hash is kept, so it cannot be shown again.
      </p>
      <div className="flex items-center gap-2 rounded-md border border-line bg-sunken py-1.5 pr-1.5 pl-3">
        <code className="min-w-0 flex-1 font-mono text-xs break-all" data-secret>
          {secret}
        </code>
        <CopyButton text={secret} label="key">
          Copy
        </CopyButton>
      </div>
      <CodeBlock code={example} label="curl example" wrap />
    </div>
  );
}
