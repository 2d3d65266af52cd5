/** What an Azure role allows, and what it leaves out of that again. */
export interface Permission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
}

/**
 * Whether one of a role's permissions allows an action. What one permission leaves out another may allow.
 * @see https://learn.microsoft.com/azure/role-based-access-control/role-definitions#actions-format
 */
export function permits(permissions: readonly Permission[], action: string): boolean {
  return permissions.some(({ actions, notActions }) => actions.some(pattern => matches(pattern, action)) && !notActions.some(pattern => matches(pattern, action)));
}

/** `*` stands for any text, slashes included; case does not count. */
function matches(pattern: string, action: string): boolean {
  const text = action.toLowerCase();
  const [first = '', ...rest] = pattern.toLowerCase().split('*');
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const part of rest) {
    const at = text.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}
