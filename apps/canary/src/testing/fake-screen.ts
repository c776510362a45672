/** Stands for the two characters that a code begins with. */
const BEGIN = '\u00AB';
const CODES = /\u00AB[?\d;]*[A-Za-z]|\n|[^\u00AB\n]+/g;

/** A terminal that obeys the few codes that drawing a line anew needs, and shows what a person would see. */
export class FakeScreen {
  readonly stream: NodeJS.WriteStream;
  /** Every state of the last line that is not empty. */
  readonly lasts: string[] = [];
  readonly #lines: string[] = [''];
  #row = 0;
  #column = 0;

  constructor(columns = 120) {
    const write = (text: string) => {
      this.write(text);
      return true;
    };
    this.stream = { columns, rows: 40, isTTY: true, write } as unknown as NodeJS.WriteStream;
  }

  /** What stands on it, without empty lines at its end. */
  text(): string {
    return this.#lines.join('\n').trimEnd();
  }

  write(text: string): void {
    for (const [code] of text.replaceAll('\u001B[', BEGIN).matchAll(CODES)) this.#take(code);
    const last = this.#lines.findLast((line) => line !== '');
    if (last !== undefined && last !== this.lasts.at(-1)) this.lasts.push(last);
  }

  #take(code: string): void {
    const number = Number(/^\u00AB(\d+)/.exec(code)?.[1] ?? 1);
    if (code === '\n') {
      this.#row += 1;
      this.#column = 0;
      this.#lines[this.#row] ??= '';
    } else if (code.endsWith('K') && code.startsWith(BEGIN)) {
      this.#lines[this.#row] = number === 2 ? '' : this.#lines[this.#row]!.slice(0, this.#column);
    } else if (code.startsWith(BEGIN) && code.endsWith('J')) {
      this.#lines.length = this.#row + 1;
      this.#lines[this.#row] = this.#lines[this.#row]!.slice(0, this.#column);
    } else if (code.startsWith(BEGIN) && code.endsWith('A'))
      this.#row = Math.max(0, this.#row - number);
    else if (code.startsWith(BEGIN) && code.endsWith('B')) this.#row += number;
    else if (code.startsWith(BEGIN) && code.endsWith('G')) this.#column = number - 1;
    else if (!code.startsWith(BEGIN)) {
      const line = this.#lines[this.#row] ?? '';
      this.#lines[this.#row] =
        line.slice(0, this.#column).padEnd(this.#column) +
        code +
        line.slice(this.#column + code.length);
      this.#column += code.length;
    }
  }
}
