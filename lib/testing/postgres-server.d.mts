export type PrivatePostgres = { url: string; pid: number | undefined; stop(): Promise<void> };

export function findPostgresBinaries(path?: string): string | null;
export function startPrivatePostgres(options?: { binaries?: string | null }): Promise<PrivatePostgres>;
