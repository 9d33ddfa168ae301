export interface CleanMarkdown {
  text: string;
  /** What the front matter says, as far as it is plain `name: value`. */
  metadata: Record<string, string>;
}

const tag = /^\s*\{%-?\s*(\w[\w-]*)(.*?)-?%\}\s*$/;

/**
 * Takes out what site generators keep in Markdown and readers never see: front matter, and the block tags of GitBook,
 * Jekyll and their kin. A tab's title stays, because it names the language of the code below it.
 */
export function cleanMarkdown(source: string): CleanMarkdown {
  const lines = source.replace(/\r\n?/g, '\n').split('\n');
  const metadata = takeFrontMatter(lines);
  let fence: string | undefined;
  const kept = lines.map((line) => {
    const mark = /^\s{0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark && fence === undefined) fence = mark;
    else if (mark && fence !== undefined && mark.startsWith(fence)) fence = undefined;
    return fence === undefined && !mark ? withoutTag(line) : line;
  });
  return { text: kept.join('\n'), metadata };
}

function withoutTag(line: string): string {
  if (!line.includes('{%')) return line;
  const found = tag.exec(line);
  if (!found) return line;
  const title = /title="([^"]+)"/.exec(found[2]!)?.[1];
  // With empty lines around it, so that it joins no paragraph.
  return title ? `\n${title}:\n` : '';
}

function takeFrontMatter(lines: string[]): Record<string, string> {
  if (lines[0]?.trimEnd() !== '---') return {};
  const end = lines.findIndex((line, at) => at > 0 && at < 200 && /^(---|\.\.\.)\s*$/.test(line));
  if (end === -1) return {};
  const fields = lines.splice(0, end + 1).flatMap((line): [string, string][] => {
    const found = /^([A-Za-z][\w-]{0,60}):\s+(\S.*)$/.exec(line);
    return found ? [[found[1]!.toLowerCase(), found[2]!.trim().replace(/^(["'])(.*)\1$/, '$2')]] : [];
  });
  return Object.fromEntries(fields);
}
