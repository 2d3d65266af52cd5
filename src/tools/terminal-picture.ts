import { html, type Markup } from '../sinks/html/markup.ts';

/** What `util.styleText` writes, as classes of the picture; a code that ends a style ends all. */
const styles: Readonly<Record<string, string>> = { 1: 'bold', 2: 'dim', 31: 'red', 32: 'green', 33: 'yellow', 36: 'cyan' };

/** Terminal output, colours included, as a page that looks like a terminal. */
export function terminalPage(command: string, output: string): string {
  const lines = [html`<b class="prompt">$</b> ${command}\n\n`, ...coloured(output)];
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Terminal</title><style>
body{margin:0;background:#14171a}
pre{margin:0;padding:28px 32px;color:#d5dade;font:14px/1.55 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
.bold{font-weight:700;color:#fff}.dim{color:#9aa4ad}.red{color:#ff8a80}.green{color:#7fd1a1}.yellow{color:#f1c673}.cyan{color:#7fcbe0}.prompt{color:#7fbdea}
</style></head><body><pre>${lines}</pre></body></html>`.text;
}

/** Select Graphic Rendition: an escape character, a bracket, codes, m. */
const sequence = new RegExp(`${String.fromCodePoint(27)}\\[([0-9;]*)m`);

/** Pieces between escape sequences, each in the style that holds there. */
function coloured(output: string): readonly Markup[] {
  const pieces: Markup[] = [];
  const active = new Set<string>();
  for (const [index, part] of output.split(sequence).entries()) {
    if (index % 2 === 1) for (const code of part.split(';')) turn(active, styles[code] ?? null);
    else if (part !== '') pieces.push(active.size > 0 ? html`<span class="${[...active].join(' ')}">${part}</span>` : html`${part}`);
  }
  return pieces;
}

function turn(active: Set<string>, style: string | null): void {
  if (style === null) active.clear();
  else active.add(style);
}
