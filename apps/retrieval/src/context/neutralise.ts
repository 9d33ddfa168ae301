/**
 * A passage without what a model could take for a mark of the conversation around it: control tokens of chat templates, the
 * marks of passages, characters that are not seen. Every character keeps its place, so offsets stay true.
 */
export function neutralise(text: string): string {
  return text
    .replace(/<[|｜][^<>\n]{0,60}[|｜]>/g, (token) => token.replace(/[|｜]/g, '¦'))
    .replace(/<[|｜]|[|｜]>/g, (edge) => edge.replace(/[|｜]/, '¦'))
    .replace(/<<(\/?SYS)>>/gi, '‹‹$1››')
    .replace(/\[(\/?(?:INST|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS))\]/gi, '⟦$1⟧')
    .replace(
      /<(\/?(?:s|bos|eos|pad|unk|start_of_turn|end_of_turn|system|user|assistant|tool_call|tool_response|think))>/gi,
      '‹$1›',
    )
    .replace(/\b(BEGIN|END) (?=[0-9a-f]{8}\b)/g, '$1·')
    .replace(/[\u{E0000}-\u{E007F}]/gu, '  ')
    .replace(/[\u202A-\u202E\u2066-\u2069]/g, ' ');
}
