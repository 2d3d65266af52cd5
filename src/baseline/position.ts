import { isMap, isScalar, isSeq, type Document, type LineCounter, type Node, type Pair, type YAMLMap } from 'yaml';

/** A place in a file, both counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * Where a value of a document is; where it is not there, where the innermost thing around it begins.
 * @param onKey the key rather than its value
 */
export function positionOf(document: Document.Parsed, lines: LineCounter, path: readonly PropertyKey[], onKey: boolean): Position {
  let offset = document.contents?.range[0] ?? 0;
  let node: unknown = document.contents;
  for (const [index, step] of path.entries()) {
    const found: Found | null = isMap(node) ? inMap(node, step) : isSeq(node) ? inList(node.items, step) : null;
    if (!found) break;
    node = found.node;
    offset = (onKey && index === path.length - 1 ? found.key : found.value) ?? offset;
  }
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

interface Found {
  readonly node: unknown;
  readonly key: number | undefined;
  readonly value: number | undefined;
}

function inMap(map: YAMLMap, step: PropertyKey): Found | null {
  const pair = pairsOf(map).get(String(step));
  if (!pair) return null;
  const [key, value] = [startOf(pair.key), startOf(pair.value)];
  // A value that is missing stands nowhere: its key shows where it should be.
  return { node: pair.value, key, value: isScalar(pair.value) && pair.value.source === '' ? key : (value ?? key) };
}

/** A file may have many problems in one mapping of many keys. */
const indexes = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();

function pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
  const existing = indexes.get(map);
  if (existing) return existing;
  const index = new Map(map.items.flatMap(pair => (isScalar(pair.key) ? [[String(pair.key.value), pair]] : [])));
  indexes.set(map, index);
  return index;
}

function inList(items: readonly unknown[], step: PropertyKey): Found | null {
  const item = items[Number(step)];
  return item === undefined ? null : { node: item, key: startOf(item), value: startOf(item) };
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}
