import { CodeBlock } from '@llmops/ui';

/** A call that works once the key is filled in. */
export function CurlExample() {
  const code = [
    `curl ${location.origin}/v1/chat/completions \\`,
    `  -H "Authorization: Bearer $LLMOPS_API_KEY" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d '{"model": "smollm2-135m-instruct", "messages": [{"role": "user", "content": "Hello"}]}'`,
  ].join('\n');
  return <CodeBlock code={code} label="curl example" />;
}
