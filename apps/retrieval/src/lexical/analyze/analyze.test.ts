import { describe, expect, it } from 'vitest';
import { analyze } from './analyze.ts';
import { detectLanguage } from './detect-language.ts';
import type { TermKind } from './token.ts';

const terms = (text: string, language?: string): string[] => analyze(text, language).map(({ term }) => term);
const ofKind = (kind: TermKind, text: string, language?: string): string[] =>
  analyze(text, language)
    .filter((each) => each.kind === kind)
    .map(({ term }) => term);

describe('words', () => {
  it('are lower case and stemmed by the rules of their language', () => {
    expect(terms('Running runners ran', 'en')).toEqual(['run', 'runner', 'ran']);
    expect(terms('las conexiones rechazadas', 'es')).toEqual(['las', 'conexion', 'rechaz']);
    expect(terms('Приложения и сервисы', 'ru')).toEqual(['приложен', 'и', 'сервис']);
  });

  it('of another script than the text keep the rules of the language that is usual there', () => {
    expect(ofKind('word', 'Kubernetes 的 networking', 'zh')).toEqual(['kubernet', '的', 'network']);
  });

  it('have positions that English stop words do not take', () => {
    expect(analyze('the state of the art', 'en')).toEqual([
      { term: 'state', position: 0, kind: 'word' },
      { term: 'art', position: 1, kind: 'word' },
    ]);
  });

  it('lose what English and French leave before or after an apostrophe', () => {
    expect(terms("the patient's don’t", 'en')).toEqual(['patient', 'don']);
    expect(terms("l'homme d'affaires", 'fr')).toEqual(['homm', 'affair']);
    expect(terms("O'Brien", 'en')).toEqual(['obrien', 'o', 'brien']);
  });

  it('are the same in full width, in ligatures and composed either way', () => {
    expect(terms('ｆｕｌｌ ﬁle')).toEqual(terms('full file'));
    expect(terms('cafe\u0301', 'fr')).toEqual(terms('caf\u00e9', 'fr'));
  });

  it('are found without their accents, and however ß, ø and final sigma are written', () => {
    expect(terms('información', 'es')).toContain(terms('informacion', 'es')[0]);
    expect(terms('Straße', 'de')).toContain(terms('strasse', 'de')[0]);
    expect(terms('smørrebrød', 'no')).toContain(terms('smorrebrod', 'no')[0]);
    expect(terms('ΟΔΟΣ', 'el')).toEqual(terms('οδος', 'el'));
  });

  it('keep the vowel signs of Indic scripts, which are letters, and lose Arabic vowel points, which are not', () => {
    expect(terms('কি')).not.toEqual(terms('কা'));
    expect(terms('مُدَرِّس', 'ar')[0]).toBe(terms('مدرس', 'ar')[0]);
  });

  it('of any length become terms of bounded length, never with half a surrogate pair', () => {
    expect(terms('x'.repeat(100_000), 'en')[0]).toHaveLength(128);
    for (const text of ['𝓐'.repeat(200), `a${'𠮷'.repeat(300)}`, '한'.repeat(500), 'ก'.repeat(500)]) {
      for (const term of terms(text)) {
        expect(Buffer.from(term).toString()).toBe(term);
        expect(term.length).toBeLessThanOrEqual(128);
      }
    }
  });
});

describe('identifiers, numbers and codes', () => {
  it.each([
    ['snake_case', ['snakecas', 'snake', 'case']],
    ['camelCase', ['camelcas', 'camel', 'case']],
    ['HTTPServerError', ['httpservererror', 'http', 'server', 'error']],
    ['max-retries', ['maxretri', 'max', 'retri']],
    ['config.server.maxRetries', ['configservermaxretri', 'config', 'server', 'maxretri', 'max', 'retri']],
    ['__init__', ['init']],
    ['v2.10.4', ['v2.10.4', '2.10.4', 'v2', '10', '4']],
    ['10.0.0.1', ['10.0.0.1', '10', '0', '0', '1']],
    ['1,000,000', ['1000000', '1', '000', '000']],
    ['2024-03-01', ['2024-03-01', '2024', '03', '01']],
    ['ORA-00942', ['ora00942', 'ora', '00942']],
    ['ERR_CONN_REFUSED', ['errconnrefus', 'err', 'conn', 'refus']],
    ['TS2345', ['ts2345', 'ts', '2345']],
    ['0x80070005', ['0x80070005']],
    ['C++', ['c++', 'c']],
    ['F#', ['f#', 'f']],
  ])('%s is there whole and by its parts', (text, expected) => {
    expect(terms(text, 'en')).toEqual(expected);
  });

  it('written differently have a term in common', () => {
    const whole = terms('maxRetries', 'en')[0];
    for (const other of ['max_retries', 'max-retries', 'maxretries', 'MAX_RETRIES']) {
      expect(terms(other, 'en')).toContain(whole);
    }
    expect(terms('COVID-19', 'en')).toContain(terms('covid19', 'en')[0]);
    expect(terms('1000000')).toEqual([terms('1,000,000')[0]]);
  });

  it('are cut alike whether or not the rest of the text is ASCII', () => {
    const text = "v2.10.4 max_retries 1,000,000 C++ O'Brien a.b-c__d x,y 12,34 F#sharp 0x1f";
    expect(analyze(`${text} é`, 'en').slice(0, -1)).toEqual(analyze(text, 'en'));
  });

  it('that differ in their points do not', () => {
    expect(terms('2.10')[0]).not.toBe(terms('21.0')[0]);
    expect(terms('210')).not.toContain(terms('2.10')[0]);
  });

  it('do not count twice towards the length of a text', () => {
    expect(ofKind('word', 'max_retries of getUserName', 'en')).toEqual(['max', 'retri', 'getusernam']);
  });
});

describe('scripts without spaces', () => {
  it('Chinese becomes words and pairs of characters', () => {
    const found = terms('黑豹队的防守');
    expect(found).toEqual(expect.arrayContaining(['防守', '黑豹', '豹队']));
    expect(found.filter((term) => term === '防守')).toHaveLength(1);
  });

  it('Japanese becomes words and pairs, half-width kana included', () => {
    expect(terms('東京都に住んでいる')).toEqual(expect.arrayContaining(['東京', '京都', '住']));
    expect(terms('ｺﾝﾋﾟｭｰﾀｰ')).toContain('コンピューター');
  });

  it('Korean words are found without their particles', () => {
    expect(terms('서울에서')).toContain('서울');
  });

  it('Thai, Lao, Khmer and Burmese become words and pairs', () => {
    expect(ofKind('word', 'ภาษาไทยเป็นภาษาที่มีระดับเสียงของคำ')).toEqual(
      expect.arrayContaining(['ภาษา', 'ไทย', 'ระดับ', 'เสียง', 'คำ']),
    );
    for (const [text, part] of [
      ['ພາສາລາວ', 'ລາວ'],
      ['ភាសាខ្មែរ', 'ភាសា'],
      ['မြန်မာဘာသာ', 'ဘာသာ'],
    ] as const) {
      expect(terms(text)).toEqual(expect.arrayContaining(terms(part)));
    }
  });

  it('are cut from Latin words and numbers that touch them', () => {
    expect(ofKind('word', 'iPhone手机308分')).toEqual(['iphon', '手机', '308', '分']);
  });
});

describe('the language of a text', () => {
  it.each([
    ['The quick brown fox jumps over the lazy dog', 'en'],
    ['La información de las conexiones no está disponible', 'es'],
    ['Die Verbindung wurde von dem Server nicht angenommen', 'de'],
    ['La connexion a été refusée par le serveur', 'fr'],
    ['Соединение было отклонено сервером и не может быть восстановлено', 'ru'],
    ['黑豹队的防守', 'zh'],
    ['東京に住んでいる', 'ja'],
    ['서울에서', 'ko'],
    ['ภาษาไทย', 'th'],
    ['الجمهورية العربية', 'ar'],
    ['ERR_CONN_REFUSED', 'en'],
  ])('of %s is %s', (text, language) => {
    expect(detectLanguage(text)).toBe(language);
  });

  it('is undefined where there are no letters', () => {
    expect(detectLanguage('')).toBeUndefined();
    expect(detectLanguage('1234 -- !!')).toBeUndefined();
  });

  it('is one of those it may be', () => {
    expect(detectLanguage('Server', ['de', 'fr'])).toBe('de');
    expect(detectLanguage('conexión rechazada', ['es', 'en'])).toBe('es');
    expect(detectLanguage('la conexión del servidor', ['en', 'it'])).not.toBe('es');
  });
});
