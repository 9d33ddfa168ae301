/**
 * Whether a passage reads like instructions to a model: simple rules over folded text, in English, German, French, Spanish,
 * Portuguese and Chinese. A hint for people and for the prompt, not a defence by itself: what merely asks a question is not
 * found. Measured on bipia and deepset in suspicious.test.ts.
 */
export function isSuspicious(text: string): boolean {
  // Full-width and other compatibility forms, and characters without width, hide words from a reader of bytes.
  const folded = text
    .normalize('NFKC')
    .replace(/[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]|[\u{E0000}-\u{E007F}]/gu, '');
  return rules.some((rule) => rule.test(folded));
}

/**
 * Words between two others, within a sentence. What parts words is in none of them: a text of commas would be parted in
 * more ways than can be tried.
 */
const gap = (words: number) => `(?:[\\s"'“”‘’(:,]+[^\\s"'“”‘’(:,.!?;]+){0,${words}}[\\s"'“”‘’(:,]+`;

const forget = String.raw`\b(?:ignore|disregard|forget|override|bypass|neglect|vergi[sß]s?t?|vergessen|ignorier\w*|oubli\w+|ignorez|ignora\w*|olvid\w+|esque[çc]\w+)\b`;
const before = String.raw`(?:previous|prior|above|earlier|preceding|before|foregoing|initial|original|all (?:the |your )?(?:instructions?|rules|documents?|tasks?|prompts?)|(?:your|any|my|the|these|those) (?:\w+ )?(?:instructions?|rules|guidelines|prompts?)|everything|davor|alles|obigen?|vorherigen?|bisher\w*|anweisungen|ci-dessus|pr[ée]c[ée]dent\w*|instructions|instrucciones|anterior\w*|todo|tudo|instru[çc][õo]es)\b`;

const rules: RegExp[] = [
  new RegExp(`${forget}${gap(4)}${before}`, 'iu'),
  /\b(?:disregarding|ignoring) (?:the |all )?(?:articles?|documents?|context|instructions?|passages?)\b|\b(?:abandon|remove|erase) all (?:your |previous )?(?:thoughts|tasks|instructions)|\babweichend zu vorherigen|\bzaboravi sve|забудьте?\s+(?:все|всё)|игнорируй/iu,
  /忽略.{0,12}(?:指令|指示|说明|内容|以上|之前)|忘记.{0,8}(?:之前|以上|一切|所有)/u,
  // Marks of chat templates and of roles.
  /<\|[a-z_]{2,30}\|>|\[\/?INST\]|<<\/?SYS>>|<\/?(?:system|assistant|start_of_turn|end_of_turn|passages?)\b[^>]{0,40}>/iu,
  /^[^\S\n]*(?:[#>*]+[^\S\n]*)?(?:system|assistant|ai|chatbot)\s*(?:prompt|message|instructions?|override|note)?[^\S\n]*\**[^\S\n]*:\s*\S+\s+\S+/imu,
  /^[^\S\n]*(?:[#*]+[^\S\n]*)?(?:new|updated|important|urgent|secret|hidden)\s+(?:system\s+)?(?:instructions?|prompt|statement)\b/imu,
  // What it wants to know about its prompt.
  new RegExp(
    String.raw`\b(?:print|show|reveal|repeat|output|return|spell ?check|leak|expose|tell me|give me|zeig\w*|drucken|gib)\b${gap(6)}(?:(?:(?:system|full|entire|complete|original|your|initial|above) prompts?|all (?:of )?(?:your|the) prompts?|prompts?[ -]?texts?)|prompt-?texte?|your (?:\w+ )?instructions|your embeddings|text above|eingabeaufforderung)\b`,
    'iu',
  ),
  /\bwhat (?:are|were|is) your (?:\w+ )?(?:instructions?|prompt|rules)\b/iu,
  // Another role, another task.
  /\b(?:you (?:are|will be|must be) (?:now|no longer|an? (?:evil|unrestricted|uncensored|jailbroken))|from now on,? (?:you|act|answer|respond|ignore)|pretend (?:that )?(?:to be|you|you're)|(?:i (?:want|need|would like) you to|please|you (?:will|must|should)) (?:act|behave|respond|answer|reply) (?:as|like|only|with)|du bist (?:jetzt|keine?|nun|nicht)|tu es (?:maintenant|désormais)|ahora eres|jailbr[eo]a?ke?n?\b|developer mode|do anything now)/iu,
  /(?:^|[.!?:\n][^\S\n]*|\b(?:and|now|to you:?)\s+)(?:act as (?:an?|if|my|the) |(?:now you are|imagine (?:that )?you(?:'re| are)|jetzt bist du|nun bist du|stell dir vor,? du) )|\bm[öo]chte,? dass (?:sie|du) als\b|\bby your own knowledge\b|\b(?:new|neue) (?:instructions|anweisungen)\b.{0,10}\b(?:follow|below)|\bfolgen neue (?:anweisungen|aufgaben)|\brepeat after me\b/imu,
  /\b(?:new|next|second|following|neuen?|nächsten?|folgenden?|nouvelle|nueva) (?:task|assignment|challenge|test|job|aufgaben?|tâche|tarea)\b.{0,30}(?::|\bfor you\b|\bnamely\b|\bis\b|zeig|schreib|write|show)/iu,
  /\b(?:focus|concentrate|konzentrier\w*)\b.{0,30}\b(?:new|next|your|neuen?|nächste\w*) (?:task|assignment|aufgabe)/iu,
  /\bi command you\b|\bdo(?:n'?n?o?'?t| not) (?:answer|follow|obey|tell the user|mention this|use the (?:provided )?documents)\b/iu,
  // What the answer should hold or look like.
  new RegExp(
    String.raw`\b(?:in|into|to|of|from|within|with|for|at|throughout|before|after|when) (?:your|the assistant'?s|the model'?s|the ai'?s) (?:(?:next|final|own|entire) )?(?:response|answer|reply|output)s?\b(?!${gap(1)}(?:subject|handler|queue|topic|inbox))`,
    'iu',
  ),
  /\b(?:write|give|provide|present|encode|reverse|translate|format|make|keep|change|modify|rearrange|misspell|replace|alter|scramble|craft|phrase|begin|start|end) (?:(?:all|every|each|some|the|a|few|\w+) ){0,4}(?:of |in )?your (?:(?:entire|whole|final|next) )?(?:response|answer|reply|output)s?\b/iu,
  /\byour (?:response|answer|reply)s?\b.{0,40}\b(?:backwards?|anagrams?|typos?|emojis?|caesar|base ?64|morse|symbols|letters|vowels|spaces)\b/iu,
  /\b(?:incorporate|append|utili[sz]e|utili[sz]ing|use|using|include|including|inclusion|insert|inserting|integrate|integrating|integration|add|adding|adopt|employ|embed|embedding|implement|apply|enhance|inject)\b.{0,40}\b(?:following|subsequent|below|given|provided|upcoming|next|this|ensuing) (?:piece of |section of |portion of |block of |segment of |python |sample )?(?:code|script|snippet)(?: (?:section|block|excerpt|snippet|segment|fragment|piece|example|portion|sample)s?)?\b.{0,60}\b(?:your|to|for|in|into)\b/iu,
  /\b(?:enhance|augment|enrich|spice up|complement|supplement|embellish) your (?:response|answer|reply|output)/iu,
  /\b(?:following|subsequent|below|upcoming) code\b[^\n`]{0,80}\byour (?:code|implementation|solution|codebase|algorithm|program|elucidation|answer)|\byour (?:code|implementation|solution|codebase|algorithm|program)\b[^\n`]{0,60}\b(?:following|subsequent|below|upcoming) code\b|\bin the code you (?:write|develop)/iu,
  // The end of what was said, as the text claims.
  /={3}\s*END\b|\b(?:end of (?:the )?(?:context|document|passages?|prompt|input|data))\b\W{0,10}(?:now|begin|start|new|please|instructions?|\n)/iu,
  /S a y\s? ?t h a t|\bsay(?:ing)?\b.{0,30}\b(?:you|i) (?:hate|love)\b|\bsolo (?:tienes que|sobrevives|di(?:ces)?)\b|\bschreibe nur\b/iu,
];
