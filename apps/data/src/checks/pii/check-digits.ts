/** Luhn's check of the digits of a number (ISO/IEC 7812). */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = digits.length - 1, double = false; at >= 0; at--, double = !double) {
    const digit = digits.charCodeAt(at) - 48;
    sum += double ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
  }
  return sum % 10 === 0;
}

const permuted = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
];
const multiplied = [
  ...['0123456789', '1234067895', '2340178956', '3401289567', '4012395678'],
  ...['5987604321', '6598710432', '7659821043', '8765932104', '9876543210'],
];

/** Verhoeff's check (1969), of Aadhaar numbers. */
export function passesVerhoeff(digits: string): boolean {
  let check = 0;
  for (const [at, digit] of [...digits].reverse().entries()) {
    check = Number(multiplied[check]![Number(permuted[at % 8]![Number(digit)])]);
  }
  return check === 0;
}

/** Two check digits over nine, of Brazil's CPF. */
export function isCpf(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  const check = (count: number) => {
    let sum = 0;
    for (let at = 0; at < count; at++) sum += Number(digits[at]) * (count + 1 - at);
    return ((sum * 10) % 11) % 10;
  };
  return !/^(\d)\1*$/.test(digits) && check(9) === Number(digits[9]) && check(10) === Number(digits[10]);
}

/** The letter after eight digits, of Spain's DNI and NIE. */
export function isDni(text: string): boolean {
  const id = text.toUpperCase().replace(/[ -]/g, '');
  const number = Number(id.slice(0, -1).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter))));
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23] === id.at(-1);
}

/** The key of France's number in the register of persons: 97 less the rest by 97. */
export function isNir(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  return digits.length === 15 && 97n - (BigInt(digits.slice(0, 13)) % 97n) === BigInt(digits.slice(13));
}

/** The last digit of the NHS number of the United Kingdom, mod 11. */
export function isNhsNumber(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  let sum = 0;
  for (let at = 0; at < 9; at++) sum += Number(digits[at]) * (10 - at);
  return (11 - (sum % 11)) % 11 === Number(digits[9]);
}
