/** Puts the rows of one table into it. */
export type RowLoader = {
  /** One row in COPY text format, without its newline. */
  add(line: string): Promise<void>;
  /** Resolves when the database has taken all rows. */
  end(): Promise<void>;
  /** Leaves the connection usable when reading failed half way. */
  abort(): Promise<void>;
};
