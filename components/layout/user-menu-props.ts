export interface ShellUser {
  name: string;
  /** Role in words: "Admin". */
  role: string;
  email?: string;
}

export interface UserMenuProps {
  user: ShellUser;
  accountHref: string;
  /** A client function or a server action. */
  onSignOut: () => void | Promise<void>;
}
