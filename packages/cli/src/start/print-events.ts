import { progressBar } from '../output/progress.ts';
import type { Emit, ReadySummary, UpEvent } from './events.ts';

/**
 * Prints a start as it happens. On a terminal the progress line is drawn over itself; in a pipe every tenth is a line,
 * and a stage's beginning is told only when it is not over at once.
 */
export function printEvents(stream: NodeJS.WriteStream): Emit {
  const open = new Set<string>();
  const announced = new Set<string>();
  let tenth = -1;
  let drawn = false;
  const line = (text: string): void => {
    stream.write(`${drawn ? '\r\x1b[K' : ''}${text}\n`);
    drawn = false;
  };
  const announceIfLong = (name: string): void => {
    setTimeout(() => {
      if (!open.has(name) || announced.has(name)) return;
      announced.add(name);
      line(`· ${name} …`);
    }, 400).unref();
  };
  return (event) => {
    if (event.type === 'stage' && event.state === 'started') {
      open.add(event.name);
      tenth = -1;
      // Parts of a stage, indented, would be announced all at once.
      if (!event.name.startsWith(' ')) announceIfLong(event.name);
    } else if (event.type === 'stage') {
      open.delete(event.name);
      line(stageLine(event));
    } else if (event.type === 'progress') {
      const share = event.done / event.total;
      if (stream.isTTY) {
        stream.write(`\r\x1b[K${progressLine(event)}`);
        drawn = true;
      } else if (Math.floor(share * 10) > tenth) {
        tenth = Math.floor(share * 10);
        line(progressLine(event));
      }
    } else if (event.type === 'ready') line(readyText(event.summary));
    else line(failedText(event));
  };
}

function stageLine(event: Extract<UpEvent, { type: 'stage'; ms: number }>): string {
  const mark = event.state === 'done' ? '✓' : '✗';
  const detail = event.state === 'done' && event.detail ? `  ${event.detail}` : '';
  return `${mark} ${event.name.padEnd(16)} ${(event.ms / 1000).toFixed(1).padStart(6)} s${detail}`;
}

const progressLine = ({ name, done, total, unit }: Extract<UpEvent, { type: 'progress' }>): string =>
  `· ${name.padEnd(16)} ${progressBar(done, total)} ${done} of ${total} ${unit}`;

/** The line to try works when pasted as it is: it reads the key from its file instead of showing it. */
export function curlLine({ baseUrl, credentialsFile }: Pick<ReadySummary, 'baseUrl' | 'credentialsFile'>): string {
  const key = `$(node -p "require('${credentialsFile}').apiKey")`;
  const body = '{"model":"smollm2-135m-instruct","messages":[{"role":"user","content":"Say hello."}]}';
  return `curl ${baseUrl}/v1/chat/completions -H "Authorization: Bearer ${key}" -H 'Content-Type: application/json' -d '${body}'`;
}

function readyText(summary: ReadySummary): string {
  const login = summary.email ? `  (log in as ${summary.email}; the password is in the file below)` : '';
  return [
    '',
    `llmops is ready after ${(summary.ms / 1000).toFixed(1)} s`,
    '',
    `  Console  ${summary.baseUrl}${login}`,
    `  API key  ${summary.credentialsFile}`,
    `  Try it   ${curlLine(summary)}`,
    '',
    ...summary.warnings.map((warning) => `! ${warning}`),
  ].join('\n');
}

function failedText({ message, log }: Extract<UpEvent, { type: 'failed' }>): string {
  return [...(log ? ['', log] : []), '', `✗ ${message}`].join('\n');
}
