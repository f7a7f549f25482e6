const titles = { admin: 'Admin', finance: 'Finance', lead: 'Team lead' };

/** @param {import('./seed.mjs').Account[]} accounts */
export function printSignIns(accounts) {
  const rows = Object.entries(titles).flatMap(([role, title]) => {
    const account = accounts.find((candidate) => candidate.role === role);
    return account ? [[title, account.email, account.password]] : [];
  });
  const table = [['Sign in as', 'Email', 'Password'], ...rows];
  const width = (column) => Math.max(...table.map((row) => row[column].length));
  for (const row of table) {
    console.log(`  ${row.map((cell, column) => cell.padEnd(width(column))).join('   ')}`.trimEnd());
  }
}
