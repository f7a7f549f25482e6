import { describe, expect, it } from 'vitest';
import { palette } from '@/tailwind.config';

type Token = keyof typeof palette.light;

/** WCAG 2.2 relative luminance of `#rrggbb`. */
function luminance(hex: string): number {
  const channels = [1, 3, 5].map((start) => {
    const value = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const [red = 0, green = 0, blue = 0] = channels;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const grounds: Token[] = ['paper', 'panel', 'sunk'];
const textPairs: [Token, Token][] = [
  ...grounds.flatMap((ground): [Token, Token][] =>
    (['ink', 'muted', 'accent', 'warn', 'bad', 'ok'] as const).map((text) => [text, ground]),
  ),
  ...(['accent', 'warn', 'bad', 'ok'] as const).flatMap((tone): [Token, Token][] => [
    [tone, `${tone}-soft`],
    ['ink', `${tone}-soft`],
    ['muted', `${tone}-soft`],
  ]),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['on-bad', 'bad'],
  ['on-bad', 'bad-strong'],
];
const shapePairs: [Token, Token][] = [
  ...grounds.map((ground): [Token, Token] => ['edge', ground]),
  ...(['accent', 'warn-fill', 'bad', 'ok-fill'] as const).map((fill): [Token, Token] => [fill, 'sunk']),
];

describe.each(['light', 'dark'] as const)('%s palette', (theme) => {
  it('has the formula right', () => {
    expect(contrast('#ffffff', '#000000')).toBeCloseTo(21, 5);
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  });

  it.each(textPairs)('text %s on %s reaches 4.5 to 1', (text, ground) => {
    expect(contrast(palette[theme][text], palette[theme][ground])).toBeGreaterThanOrEqual(4.5);
  });

  it.each(shapePairs)('shape %s on %s reaches 3 to 1', (shape, ground) => {
    expect(contrast(palette[theme][shape], palette[theme][ground])).toBeGreaterThanOrEqual(3);
  });
});
