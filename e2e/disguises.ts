/** The ways in which a text could stand in a file: as it is, as bytes in hexadecimal, in base64 of any alignment. */
export function disguisesOf(secret: string): readonly string[] {
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.from(`${' '.repeat(shift)}${secret}`, 'utf8')
      .toString('base64')
      .slice(4, -4),
  );
  return [secret, Buffer.from(secret, 'utf8').toString('hex'), ...base64];
}
