// Leaks planted on purpose: the same question written another way, by rules, with a seed.

const synonyms = new Map(
  Object.entries({
    buy: ['purchase'],
    bought: ['purchased'],
    get: ['obtain', 'receive'],
    got: ['received'],
    help: ['assist'],
    need: ['require'],
    big: ['large'],
    small: ['little'],
    start: ['begin'],
    started: ['began'],
    show: ['display'],
    make: ['create', 'produce'],
    made: ['produced'],
    many: ['numerous'],
    much: ['a lot'],
    total: ['overall sum'],
    money: ['cash'],
    car: ['automobile', 'vehicle'],
    house: ['home'],
    children: ['kids'],
    kids: ['children'],
    job: ['occupation'],
    movie: ['film'],
    film: ['movie'],
    song: ['tune'],
    wrote: ['authored'],
    person: ['individual'],
    people: ['folks', 'persons'],
    city: ['town'],
    country: ['nation'],
    founded: ['established'],
    died: ['passed away'],
    sell: ['vend'],
    sold: ['vended'],
    give: ['hand'],
    gives: ['hands'],
    gave: ['handed'],
    each: ['every'],
    also: ['as well'],
    but: ['however'],
    because: ['since'],
    fast: ['quick'],
    quickly: ['rapidly'],
    happen: ['occur'],
    happened: ['occurred'],
    happens: ['occurs'],
    end: ['finish'],
    ended: ['finished'],
    leave: ['depart'],
    left: ['departed'],
    use: ['employ', 'utilize'],
    used: ['employed'],
    want: ['wish'],
    wants: ['wishes'],
    think: ['believe'],
    say: ['state'],
    said: ['stated'],
    true: ['correct'],
    false: ['incorrect'],
    eat: ['consume'],
    eats: ['consumes'],
    drink: ['beverage'],
    work: ['labor'],
    works: ['labors'],
    day: ['24-hour period'],
    pay: ['spend'],
    pays: ['spends'],
    cost: ['price'],
    costs: ['is priced at'],
    find: ['locate'],
    change: ['alter', 'modify'],
    card: ['bank card'],
    account: ['bank account'],
    cancel: ['call off'],
    transfer: ['wire'],
    top: ['load'],
    fee: ['charge'],
    charge: ['fee'],
    wrong: ['incorrect'],
    why: ['for what reason'],
    where: ['in which place'],
    when: ['at what time'],
    long: ['lengthy'],
    old: ['aged'],
    new: ['brand-new'],
    first: ['initial'],
    last: ['final'],
    best: ['finest'],
    number: ['count'],
    remaining: ['left over'],
    more: ['additional'],
    if: ['supposing'],
    friend: ['pal'],
    friends: ['pals'],
    food: ['meals'],
    water: ['H2O'],
    sister: ['female sibling'],
    brother: ['male sibling'],
    mother: ['mom'],
    father: ['dad'],
    week: ['seven-day span'],
    currently: ['at present'],
    played: ['portrayed'],
    plays: ['portrays'],
    sings: ['performs'],
    sang: ['performed'],
    located: ['situated'],
    difference: ['distinction'],
    meaning: ['sense'],
    name: ['title'],
    called: ['named'],
    written: ['penned'],
    invented: ['devised'],
  }),
);
const ones =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = ', , twenty, thirty, forty, fifty, sixty, seventy, eighty, ninety'.split(', ');

export function spelled(number) {
  if (number < 20) return ones[number];
  if (number < 100) return tens[Math.floor(number / 10)] + (number % 10 ? `-${ones[number % 10]}` : '');
  if (number < 1000)
    return `${ones[Math.floor(number / 100)]} hundred${number % 100 ? ` and ${spelled(number % 100)}` : ''}`;
  if (number < 1_000_000)
    return `${spelled(Math.floor(number / 1000))} thousand${number % 1000 ? ` ${spelled(number % 1000)}` : ''}`;
  return String(number);
}

const pick = (random, list) => list[Math.floor(random() * list.length)];

function casing(text, random) {
  const changed = pick(random, [
    (t) => t.toUpperCase(),
    (t) => t.toLowerCase().replace(/[?.,!'"]/g, ''),
    (t) => t.replace(/\b\p{L}/gu, (letter) => letter.toUpperCase()),
  ])(text);
  return changed.replace(/\s+/g, () => pick(random, [' ', ' ', '  ']));
}

function typos(text, random) {
  return text.replace(/\p{L}{4,}/gu, (word) => {
    if (random() > 0.2) return word;
    const at = 1 + Math.floor(random() * (word.length - 2));
    return pick(random, [
      () => word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2),
      () => word.slice(0, at) + word.slice(at + 1),
      () => word.slice(0, at) + word[at] + word.slice(at),
    ])();
  });
}

function synonym(text, random, rate = 0.8) {
  return text.replace(/\p{L}+/gu, (word) => {
    const others = synonyms.get(word.toLowerCase());
    return others && random() < rate ? pick(random, others) : word;
  });
}

/** Sentences in another order, and in each the part behind a comma first. */
function clauses(text, random) {
  const sentences = text.split(/(?<=[.?!])\s+/).map((sentence) => {
    const parts = sentence.replace(/[.?!]$/, '').split(/, | and | because | if | when /);
    return parts.length > 1 && random() < 0.8 ? `${parts.slice(1).join(', ')} - ${parts[0]}.` : sentence;
  });
  if (sentences.length > 1) sentences.push(sentences.shift());
  const joined = sentences.join(' ');
  if (joined !== text) return joined;
  // A single clause: its end first.
  const words = text.replace(/[.?!]$/, '').split(' ');
  const middle = Math.ceil(words.length / 2);
  return `${words.slice(middle).join(' ')}, ${words.slice(0, middle).join(' ')}?`;
}

const wraps = [
  ['Question: ', '\nAnswer:'],
  ['You are a helpful assistant. Please answer the following as briefly as you can.\n\n', '\n\nThink step by step.'],
  ['Hi there! I was wondering about something. ', ' Thanks a lot in advance, any pointer is appreciated.'],
  ['### Instruction\n', '\n\n### Response\n'],
  ['From the exam of last year, task 4 (3 points): ', ' Give reasons for your answer and mark the result clearly.'],
];
function wrapped(text, random) {
  const [before, after] = pick(random, wraps);
  return before + text + after;
}

const rewrites = [
  [/\bhow do i\b/gi, 'what is the way for me to'],
  [/\bhow can i\b/gi, 'is there a way to'],
  [/\bcan i\b/gi, 'am I able to'],
  [/\bhow many\b/gi, 'what number of'],
  [/\bhow much\b/gi, 'what amount of'],
  [/\bwhat is\b/gi, 'tell me what'],
  [/\bwhat's\b/gi, 'what would be'],
  [/\bwho is\b/gi, 'which person is'],
  [/\bwho\b/gi, 'which person'],
  [/\bwhen did\b/gi, 'in what year did'],
  [/\bwhere is\b/gi, 'what is the location of'],
  [/\bi'm\b/gi, 'I am'],
  [/\bdon't\b/gi, 'do not'],
  [/\bcan't\b/gi, 'cannot'],
  [/\bdidn't\b/gi, 'did not'],
  [/\bwhy\b/gi, 'what is the reason that'],
  [/\bthe\b/gi, () => ''],
  [/\bof\b/gi, 'from'],
  [/\bhas\b/gi, 'owns'],
  [/\bhad\b/gi, 'owned'],
  [/\bis there\b/gi, 'does there exist'],
  [/\bi\b/g, 'one'],
  [/\bmy\b/gi, 'the'],
  [/\bthen\b/gi, 'after that'],
  [/\btwice as many\b/gi, 'double the number of'],
  [/\bhalf\b/gi, '50%'],
];
/** As a text that went through another language: function words and turns change, what it is about stays. */
function rewritten(text, random) {
  let changed = text;
  for (const [pattern, by] of rewrites) if (random() < 0.8) changed = changed.replace(pattern, by);
  return synonym(changed, random, 0.6).replace(/\s+/g, ' ').trim();
}

const numbers = (text) =>
  text.replace(/\b\d{1,6}\b/g, (digits) => (/^0\d/.test(digits) ? digits : spelled(Number(digits))));

const single = { casing, typos, synonym, clauses, wrapped, rewritten, numbers };

/** Kinds of change by name: `(text, random) => text`. */
export const kinds = {
  ...single,
  combined: (text, random) => {
    const names = Object.keys(single);
    let changed = text;
    for (let n = 0; n < 3; n++)
      changed = single[names.splice(Math.floor(random() * names.length), 1)[0]](changed, random);
    return changed;
  },
};
