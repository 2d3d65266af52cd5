import type { Output } from '../../src/cli/output.ts';

/** An output that keeps what is written. */
export function captured(differences: Partial<Pick<Output, 'width' | 'color'>> = {}): { readonly output: Output; readonly text: () => string } {
  const written: string[] = [];
  const output: Output = { width: 100, color: false, write: async text => void written.push(text), close: () => Promise.resolve(), ...differences };
  return { output, text: () => written.join('') };
}
