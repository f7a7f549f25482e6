export interface PaletteCommand {
  id: string;
  label: string;
  /** What it is or does, in few words at the right. */
  hint?: string;
  /** More words it is found by. */
  keywords?: string[];
  href?: string;
  onSelect?: () => void;
}

export interface PaletteKeyResult {
  id: string;
  name: string;
  /** Second line: provider and team. */
  detail?: string;
  href: string;
}

export interface CommandSources {
  commands: readonly PaletteCommand[];
  pages: readonly PaletteCommand[];
  /** Keys by name; asked while typing, newest question wins. */
  searchKeys: (query: string, signal: AbortSignal) => Promise<readonly PaletteKeyResult[]>;
}
