import { describe, expect, it } from 'vitest';
import { encodingDamage } from './encoding-damage.ts';

const misread = (text: string, decoder: string) => new TextDecoder(decoder).decode(new TextEncoder().encode(text));

describe('damage of an encoding', () => {
  it.each(['naïve café', 'Größe “groß”', '5 € — it’s', 'Привет мир', '日本語', '🎉', 'Łódź'])(
    'is found where UTF-8 was read as windows-1252: %s',
    (text) => expect(encodingDamage(misread(text, 'windows-1252'))?.message).toContain('windows-1252'),
  );

  it('is found where that happened twice', () => {
    expect(encodingDamage(misread(misread('é', 'windows-1252'), 'windows-1252'))).toBeDefined();
  });

  it.each([
    ['U+FFFD', 'caf\ufffd'],
    ['surrogate', 'a\ud83d b'],
    ['U+0000', 'a\u0000b'],
  ])('is found by its %s', (what, text) => expect(encodingDamage(text)?.message).toContain(what));

  it.each([
    'plain text\twith\nbreaks\r\n',
    'àéîõü ÀÉÎÕÜ ß ñ ç « à » „quoted“ “quoted” it’s — 5 €',
    'TITRE : CAFÉ— DÉJÀ…',
    'Привет, κόσμε, 日本語テスト 한국어 ไทย العربية हिन्दी 🎉👩‍👩‍👧',
    'µm ±5 °C ½ ©®™ №',
  ])('is not seen in %j', (text) => expect(encodingDamage(text)).toBeUndefined());
});
