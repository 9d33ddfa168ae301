const candidates =
  /(?<![\p{L}\d/#$€£%_=@-]|\d[.,:])(?:\+|\(?\b)\d[\d ()./-]{5,22}\d(?: ?(?:x|ext\.? ?)\d{1,6})?(?![\p{L}\d_%@]|[.,:/-]\d)/gu;
const word =
  /\b(?:phone|tele?(?:phone)?|mobile|cell|call|fax|whatsapp|sms|dial|answering|tel[eé]fono|t[eé]l[eé]phone|telefon|m[oó]vil|handy)\b/i;
const sum = /[=*<>+×÷]\s*$/;
const dates = /^\(?(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2}))(?![-./]?\d)/;
const wordDistance = 60;

/**
 * Telephone numbers: with a `+`, or in groups as people write them, or any 9 to 12 digits where a word such as "call"
 * stands close. There is no check digit, so this is the least sure of the kinds.
 */
export function findPhones(text: string): { value: string; index: number }[] {
  const found: { value: string; index: number }[] = [];
  for (const { 0: value, index } of text.matchAll(candidates)) {
    // `960-480-120=360`
    if (/^\s*[=*<>×÷]/.test(text.slice(index + value.length, index + value.length + 3))) continue;
    if (sum.test(text.slice(Math.max(0, index - 3), index))) continue;
    const near = text.slice(Math.max(0, index - wordDistance), index + value.length + wordDistance);
    if (isPhone(value, word.test(near))) found.push({ value, index });
  }
  return found;
}

function isPhone(value: string, named: boolean): boolean {
  const number = value.replace(/ ?(?:x|ext\.? ?)\d+$/, '');
  const digits = number.replace(/\D/g, '').length;
  if (dates.test(number) || digits < 7 || digits > 15) return false;
  if (/[()./-]{3}| {2}| - /.test(number.replace(/\(0\)/, ''))) return false;
  // `(1984-2008`: a bracket of the sentence.
  if ((number.match(/\(/g)?.length ?? 0) !== (number.match(/\)/g)?.length ?? 0)) return false;
  if (number.startsWith('+')) return digits >= 8;
  const groups = number.match(/\d+/g) ?? [];
  if (groups.length === 1) return named && digits >= 9 && digits <= 12;
  if (groups.some((group) => group.length > 8)) return false;
  // `12.50.30` and `1.234.567`: versions, sums, dates.
  if (number.includes('.') && groups.some((group) => group.length < 2)) return false;
  if (/\//.test(number) && !named) return false;
  // The forms of other numbers: long ones in fours, a social security number, mixed separators.
  const other = /^\d{4}(?:[ -]\d{4}){2}/.test(number) || /^\d{3}-\d\d-\d{4}$/.test(number) || /\d\.\d+-/.test(number);
  if (other && !named) return false;
  const grouped = groups.every((group) => group.length >= 2 && group.length <= 4) || groups.length === 2;
  if (groups.length >= 3) return digits >= 8 && (grouped || named);
  // Two groups with a blank are as likely a house number after a postcode.
  if (named || number.startsWith('(')) return true;
  const [first] = groups as [string, string];
  return !number.includes(' ') && digits >= 8 && first.length >= 3 && first.length <= 4 && first.startsWith('0');
}
