import { textsOf } from './column-path.ts';
import { type RunningCheck, rowCheck, shown } from './running-check.ts';

/** What is wrong with a text; `value` is what stands there, the whole text when left out. */
export interface TextFault {
  readonly message: string;
  readonly value?: string;
}

/** A row check that looks at the texts of columns, all of them when none is named. */
export function textCheck(
  what: string,
  columns: readonly string[],
  look: (text: string) => TextFault | undefined,
): RunningCheck {
  return rowCheck(what, ({ value }) => {
    for (const { column, text } of textsOf(value, columns)) {
      const fault = look(text);
      if (fault) return { column, value: fault.value ?? shown(text), message: fault.message };
    }
    return undefined;
  });
}
