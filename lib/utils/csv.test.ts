import { describe, expect, it } from 'vitest';
import { toCsvLine } from './csv';

describe('a line of CSV', () => {
  it('quotes what would break it, and ends as RFC 4180 says', () => {
    expect(toCsvLine(['plain', 'a,b', 'say "hi"', 'two\nlines', null, 12.5])).toBe(
      'plain,"a,b","say ""hi""","two\nlines",,12.5\r\n',
    );
  });

  it.each(['=1+1', '+1', '-x', '@SUM(A1)', '\tx', '\rx', '=HYPERLINK("http://x")'])(
    'takes the power of a formula from %o',
    (text) => expect(toCsvLine([text]).replace(/^"/, '')).toMatch(/^'/),
  );

  it('leaves exact amounts alone, negative ones too', () => {
    expect(toCsvLine(['-12.345678901234', '0', 7])).toBe('-12.345678901234,0,7\r\n');
  });
});
