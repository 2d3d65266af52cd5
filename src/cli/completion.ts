import type { Command, Option } from 'commander';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** What can be typed after a command. */
interface Place {
  /** Names of the commands that lead here, without the program's. */
  readonly path: readonly string[];
  readonly commands: readonly Described[];
  readonly options: readonly Choice[];
  /** Of arguments, as far as they are a closed list. */
  readonly values: readonly string[];
  /** An argument may be a file. */
  readonly files: boolean;
}

interface Described {
  readonly name: string;
  readonly description: string;
}

interface Choice extends Described {
  /** `none`: takes no value. `file`: a path. `free`: anything. A list: one of it, or several where `several` says so. */
  readonly value: 'none' | 'file' | 'free' | readonly string[];
  readonly several: boolean;
}

/**
 * A script that completes commands, options and closed lists of values in a shell.
 * @param valuesOf values of arguments by name, such as the ids of controls
 */
export function completionScript(shell: Shell, program: Command, valuesOf: Readonly<Record<string, readonly string[]>>): string {
  const places = placesOf(program, valuesOf);
  const name = program.name();
  switch (shell) {
    case 'bash':
      return bashScript(name, places);
    case 'zsh':
      return zshScript(name, places);
    case 'fish':
      return fishScript(name, places);
  }
}

function placesOf(program: Command, valuesOf: Readonly<Record<string, readonly string[]>>): Place[] {
  const visit = (command: Command, path: readonly string[], inherited: readonly Choice[]): Place[] => {
    const options = [...command.options.flatMap(choiceOf), ...inherited];
    const place: Place = {
      path,
      commands: command.commands.map(each => ({ name: each.name(), description: each.description() })),
      options: [...options, { name: '--help', description: 'display help for command', value: 'none', several: false }],
      values: command.registeredArguments.flatMap(argument => argument.argChoices ?? valuesOf[argument.name()] ?? []),
      files: command.registeredArguments.some(argument => ['file', 'old', 'new'].includes(argument.name())),
    };
    // What the program takes, its commands take too; its version aside.
    const passed = path.length === 0 ? options.filter(({ name }) => name !== '--version') : inherited;
    return [place, ...command.commands.flatMap(each => visit(each, [...path, each.name()], passed))];
  };
  return visit(program, [], []);
}

function choiceOf({ long, description, argChoices, required, optional, defaultValue, flags }: Option): Choice[] {
  if (!long) return [];
  const value = argChoices ?? (required || optional ? (/<(file|path)>/.test(flags) ? 'file' : 'free') : 'none');
  return [{ name: long, description, value, several: Array.isArray(defaultValue) && argChoices !== undefined }];
}

/** Every path with a space before each name, as scripts keep it: ` baseline init`. */
function key(path: readonly string[]): string {
  return path.map(name => ` ${name}`).join('');
}

function bashScript(name: string, places: readonly Place[]): string {
  const id = name.replaceAll('-', '_');
  return `# bash completion for ${name}. Load it with: source <(${name} completion bash)
_${id}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD - 1]}" where="" index prefix=""
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    case "$where \${COMP_WORDS[index]}" in
      ${alternatives(places.slice(1).map(({ path }) => key(path)))}) where="$where \${COMP_WORDS[index]}" ;;
    esac
  done
  case "$where $previous" in
${valueCases(places, bashValues)}
  esac
  case "$where" in
${places.map(place => `    "${key(place.path)}") COMPREPLY=($(compgen -W "${wordsOf(place).join(' ')}" -- "$current")) ;;`).join('\n')}
  esac
}
complete -o bashdefault -o default -F _${id} ${name}
`;
}

const bashValues: ValueActions = {
  list: (values, several) => {
    const words = `-W "${values.join(' ')}"`;
    if (!several) return `COMPREPLY=($(compgen ${words} -- "$current")); return`;
    return `prefix="\${current%"\${current##*,}"}"; COMPREPLY=($(compgen -P "$prefix" ${words} -- "\${current##*,}")); return`;
  },
  file: 'COMPREPLY=($(compgen -f -- "$current")); return',
  free: 'return',
};

function zshScript(name: string, places: readonly Place[]): string {
  const id = name.replaceAll('-', '_');
  return `#compdef ${name}
# zsh completion for ${name}. Load it with: source <(${name} completion zsh)
_${id}() {
  local place="" index
  for ((index = 2; index < CURRENT; index++)); do
    case "$place \${words[index]}" in
      ${alternatives(places.slice(1).map(({ path }) => key(path)))}) place="$place \${words[index]}" ;;
    esac
  done
  case "$place \${words[CURRENT - 1]}" in
${valueCases(places, zshValues)}
  esac
  case "$place" in
${places.map(place => `    "${key(place.path)}") compadd -- ${wordsOf(place).join(' ')}${place.files ? '; _files' : ''} ;;`).join('\n')}
  esac
}
compdef _${id} ${name}
`;
}

const zshValues: ValueActions = {
  list: (values, several) => `${several ? '_values -s , value' : 'compadd --'} ${values.join(' ')}; return`,
  file: '_files; return',
  free: 'return',
};

function fishScript(name: string, places: readonly Place[]): string {
  const id = name.replaceAll('-', '_');
  const lines = places.flatMap(({ path, commands, options, values }) => {
    const condition = `-n '__${id}_at "${key(path)}"'`;
    return [
      ...commands.map(each => `complete -c ${name} -f ${condition} -a ${each.name} -d ${quoted(each.description)}`),
      ...options.map(({ name: long, description, value }) => `complete -c ${name} ${condition} -l ${long.slice(2)} ${argumentInFish(value)}-d ${quoted(description)}`),
      ...(values.length > 0 ? [`complete -c ${name} -f ${condition} -a ${quoted(values.join(' '))}`] : []),
    ];
  });
  return `# fish completion for ${name}. Load it with: ${name} completion fish | source
function __${id}_at
  set -l place ""
  for word in (commandline -opc)[2..-1]
    switch "$place $word"
      case ${places.slice(1).map(({ path }) => `"${key(path)}"`).join(' ')}
        set place "$place $word"
    end
  end
  test "$place" = "$argv[1]"
end
${lines.join('\n')}
`;
}

function argumentInFish(value: Choice['value']): string {
  if (value === 'none') return '';
  if (value === 'file') return '-r -F ';
  return value === 'free' ? '-x ' : `-x -a ${quoted(value.join(' '))} `;
}

interface ValueActions {
  readonly list: (values: readonly string[], several: boolean) => string;
  readonly file: string;
  readonly free: string;
}

/** What follows an option that takes a value, for bash and zsh. */
function valueCases(places: readonly Place[], { list, file, free }: ValueActions): string {
  const action = ({ value, several }: Choice): string => (typeof value === 'object' ? list(value, several) : value === 'file' ? file : free);
  const cases = places.flatMap(({ path, options }) => options.filter(({ value }) => value !== 'none').map(option => `    "${key(path)} ${option.name}") ${action(option)} ;;`));
  return cases.join('\n');
}

function wordsOf({ commands, options, values }: Place): string[] {
  return [...commands.map(({ name }) => name), ...values, ...options.map(({ name }) => name)];
}

function alternatives(keys: readonly string[]): string {
  return keys.map(each => `"${each}"`).join('|');
}

/** In single quotes, for fish. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
