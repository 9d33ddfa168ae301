type Node =
  | { kind: 'char'; test: (code: number) => boolean }
  | { kind: 'ref'; name: string }
  | { kind: 'seq'; items: Node[] }
  | { kind: 'alt'; items: Node[] }
  | { kind: 'rep'; item: Node; min: number; max: number };

/** Reads GBNF, as far as our printer writes it, and says whether a text is in the language. Written apart from it. */
export function recogniser(gbnf: string): (text: string) => boolean {
  const rules = new Map<string, Node>();
  for (const line of gbnf.split('\n').filter(Boolean)) {
    const at = line.indexOf(' ::= ');
    rules.set(line.slice(0, at), parse(line.slice(at + 5)));
  }
  return (text) => {
    const codes = [...text].map((c) => c.codePointAt(0)!);
    return ends(rules, { kind: 'ref', name: 'root' }, 0, codes, new Map()).has(codes.length);
  };
}

function ends(
  rules: Map<string, Node>,
  node: Node,
  at: number,
  text: number[],
  memo: Map<string, Set<number>>,
): Set<number> {
  switch (node.kind) {
    case 'char':
      return at < text.length && node.test(text[at]!) ? new Set([at + 1]) : new Set();
    case 'ref': {
      const key = `${node.name}@${at}`;
      const known = memo.get(key);
      if (known) return known;
      const found = ends(rules, rules.get(node.name)!, at, text, memo);
      memo.set(key, found);
      return found;
    }
    case 'seq':
      return node.items.reduce((from, item) => step(rules, item, from, text, memo), new Set([at]));
    case 'alt':
      return new Set(node.items.flatMap((item) => [...ends(rules, item, at, text, memo)]));
    case 'rep': {
      let current = new Set([at]);
      const all = new Set(node.min === 0 ? [at] : []);
      for (let i = 1; i <= node.max && current.size > 0; i++) {
        current = step(rules, node.item, current, text, memo);
        const before = all.size;
        if (i >= node.min) for (const end of current) all.add(end);
        if (i > node.min && all.size === before) break;
      }
      return all;
    }
  }
}

const step = (
  rules: Map<string, Node>,
  item: Node,
  from: Set<number>,
  text: number[],
  memo: Map<string, Set<number>>,
) => new Set([...from].flatMap((at) => [...ends(rules, item, at, text, memo)]));

function parse(source: string): Node {
  let at = 0;
  const alternatives = (): Node => {
    const items = [sequence()];
    while (source.startsWith(' | ', at)) {
      at += 3;
      items.push(sequence());
    }
    return items.length === 1 ? items[0]! : { kind: 'alt', items };
  };
  const sequence = (): Node => {
    const items: Node[] = [];
    while (at < source.length && source[at] !== ')' && !source.startsWith(' | ', at)) {
      if (source[at] === ' ') at++;
      else items.push(quantified());
    }
    return { kind: 'seq', items };
  };
  const quantified = (): Node => {
    const item = atom();
    const found = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})/.exec(source.slice(at, at + 24));
    if (!found) return item;
    at += found[0].length;
    if (found[1]) return { kind: 'rep', item, min: found[1] === '+' ? 1 : 0, max: found[1] === '?' ? 1 : Infinity };
    const min = Number(found[2]);
    return { kind: 'rep', item, min, max: found[3] ? (found[4] ? Number(found[4]) : Infinity) : min };
  };
  const atom = (): Node => {
    if (source[at] === '(') {
      at++;
      const inner = alternatives();
      at++;
      return inner;
    }
    if (source[at] === '"') {
      at++;
      const items: Node[] = [];
      while (source[at] !== '"') items.push(exactly(char()));
      at++;
      return { kind: 'seq', items };
    }
    if (source[at] === '[') return charClass();
    const name = /^[a-z0-9-]+/.exec(source.slice(at))![0];
    at += name.length;
    return { kind: 'ref', name };
  };
  const charClass = (): Node => {
    at++;
    const ranges: [number, number][] = [];
    while (source[at] !== ']') {
      const from = char();
      if (source[at] === '-') {
        at++;
        ranges.push([from, char()]);
      } else ranges.push([from, from]);
    }
    at++;
    return { kind: 'char', test: (code) => ranges.some(([from, to]) => code >= from && code <= to) };
  };
  const char = (): number => {
    if (source[at] !== '\\') return source[at++]!.charCodeAt(0);
    const width = { x: 2, u: 4, U: 8 }[source[at + 1]!];
    const code = width ? Number.parseInt(source.slice(at + 2, at + 2 + width), 16) : source.charCodeAt(at + 1);
    at += 2 + (width ?? 0);
    return code;
  };
  const exactly = (code: number): Node => ({ kind: 'char', test: (c) => c === code });
  return alternatives();
}
